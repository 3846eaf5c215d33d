using System.Globalization;

namespace NetDsl.Benchmarks.Peaks;

/// <summary>
/// The roofline of a number of threads (Williams, Waterman and Patterson 2009): what multiply-adds and memory allow at least for
/// some work. Memory is the triad's bandwidth over as many bytes as the work touches, since a cache that holds them is faster.
/// </summary>
internal sealed class Roof
{
    private static readonly long[] s_sizes = [16 << 10, 128 << 10, 1 << 20, 8 << 20, 192 << 20];

    private readonly double[] _bandwidths;

    public Roof(int threads)
    {
        Threads = threads;
        Gflops = CpuPeak.MultiplyAdds(threads);
        _bandwidths = Array.ConvertAll(s_sizes, size => CpuPeak.Bandwidth(threads, size));
    }

    public int Threads { get; }

    /// <summary>Multiply-adds, each counted as two, in 10^9 a second.</summary>
    public double Gflops { get; private set; }

    /// <summary>Measures the multiply-adds again, and keeps the better figure.</summary>
    public void MeasureAgain() => Gflops = Math.Max(Gflops, CpuPeak.MultiplyAdds(Threads));

    /// <summary>The least microseconds for some operations.</summary>
    public double Compute(double flops) => flops / Gflops / 1e3;

    /// <summary>The least microseconds for reading and writing some bytes, each once.</summary>
    public double Memory(double bytes)
    {
        int size = Array.FindIndex(s_sizes, candidate => candidate >= bytes);
        return bytes / _bandwidths[size < 0 ? ^1 : size] / 1e3;
    }

    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"{Threads} {(Threads == 1 ? "thread" : "threads")}: {Gflops:0.0} GFLOP/s; triad over ") +
        string.Join(", ", s_sizes.Select((size, i) => string.Create(CultureInfo.InvariantCulture, $"{(size >= 1 << 20 ? $"{size >> 20} MiB" : $"{size >> 10} KiB")} {_bandwidths[i]:0.0} GB/s")));
}
