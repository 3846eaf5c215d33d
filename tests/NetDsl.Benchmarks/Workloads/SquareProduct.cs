using System.Diagnostics;
using NetDsl.Cpu;
using NetDsl.Engines;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>A product of square matrices by the building block alone, as a training step calls it: packing included.</summary>
internal static class SquareProduct
{
    private const double Seconds = 0.7;
    private const double LeastSample = 50;

    public static double Flops(int side) => 2.0 * side * side * side;

    public static double Bytes(int side) => 3.0 * sizeof(float) * side * side;

    /// <summary>Microseconds of a product, many times.</summary>
    public static IReadOnlyList<double> Measure(int side, int threads)
    {
        using WorkerTeam team = new(threads);
        WorkingMemory need = MatMul.ForwardScratch(side, 1, side, side, threads);
        using FloatArena x = Filled(side), w = Filled(side), y = Filled(side), scratch = new(need.Floats(threads));
        CpuFrame frame = new() { Batch = side, Capacity = side, InverseBatch = 1f / side, Team = team, Scratch = scratch.Floats, ScratchFloats = need };
        BatchView left = new(x.Floats, side), product = new(y.Floats, side);
        Floats right = w.Floats;
        double once = Time(100);
        Thread.Sleep(200);
        int group = (int)Math.Clamp(LeastSample / (once = Time(100)), 1, 1000);
        List<double> microseconds = [];
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < Seconds) microseconds.Add(Time(group));
        return microseconds;

        double Time(int count)
        {
            long begun = Stopwatch.GetTimestamp();
            for (int i = 0; i < count; i++) MatMul.Forward(in frame, left, right, product, 1, side, side, false, default(NoEpilogue));
            return (Stopwatch.GetTimestamp() - begun) * 1e6 / Stopwatch.Frequency / count;
        }
    }

    private static FloatArena Filled(int side)
    {
        FloatArena arena = new((long)side * side);
        Random random = new(side);
        foreach (ref float value in arena.Span(0, side * side)) value = random.NextSingle();
        return arena;
    }
}
