using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Benchmarks.Peaks;

/// <summary>
/// The CPU's multiply-add peak and memory bandwidth on a number of threads. Twelve independent chains of fused multiply-adds
/// keep two units of a latency of four or five cycles busy; the triad a = b + s c streams through arrays larger than any cache.
/// </summary>
internal static class CpuPeak
{
    private const int Chains = 12;

    /// <summary>About a millisecond a time: some fit between two of the scheduler's interruptions however busy the machine is.</summary>
    private const long Rounds = 500_000;
    private const int ChainRepeats = 64;
    private const int TriadRepeats = 6;

    /// <summary>A pass over small arrays is repeated: some hundred microseconds a time.</summary>
    private const long LeastTriadBytes = 8 << 20;

    /// <summary>64 MiB in each of the three arrays.</summary>
    private const int TriadFloats = 16 << 20;

    /// <summary>Multiply-adds, each counted as two, in 10^9 a second.</summary>
    public static double MultiplyAdds(int threads)
    {
        // The best of each thread, whenever it was: a peak that others' work lowered would flatter what is compared with it.
        double[,] chains = Rates(threads, ChainRepeats, static _ => () =>
        {
            long started = Stopwatch.GetTimestamp();
            int lanes = Chase(Rounds);
            return 2.0 * lanes * Chains * Rounds / Stopwatch.GetElapsedTime(started).TotalSeconds / 1e9;
        });
        return Enumerable.Range(0, threads).Sum(thread => Enumerable.Range(0, ChainRepeats).Max(repeat => chains[repeat, thread]));
    }

    public static DevicePeak Measure(int threads)
    {
        double gflops = MultiplyAdds(threads);
        float[] a = new float[TriadFloats], b = new float[TriadFloats], c = new float[TriadFloats];
        Array.Fill(b, 1);
        Array.Fill(c, 2);
        int part = TriadFloats / threads;
        double[,] triads = Rates(threads, TriadRepeats, thread => () =>
        {
            int first = thread * part;
            long started = Stopwatch.GetTimestamp();
            Triad(a.AsSpan(first, part), b.AsSpan(first, part), c.AsSpan(first, part));
            return 3.0 * sizeof(float) * part / Stopwatch.GetElapsedTime(started).TotalSeconds / 1e9;
        });
        // Here the threads share what is measured, so it is the sum at one time.
        double bandwidth = Enumerable.Range(0, TriadRepeats).Max(repeat => Enumerable.Range(0, threads).Sum(thread => triads[repeat, thread]));
        return new DevicePeak(gflops, bandwidth, FormattableString.Invariant($"{threads} threads, {Chains} chains of {Bits}-bit fused multiply-adds each; triad over {3 * (TriadFloats >> 18)} MiB"));
    }

    /// <summary>
    /// Bytes a second, in 10^9, that the triad reads and writes over arrays that are <paramref name="bytes"/> together: what caches give
    /// as long as they hold them. The threads share the arrays, and it is their sum at one time.
    /// </summary>
    public static double Bandwidth(int threads, long bytes)
    {
        const int Repeats = 24;
        int part = (int)Math.Max(Vector<float>.Count, bytes / (3 * sizeof(float) * threads) / Vector<float>.Count * Vector<float>.Count);
        int passes = (int)Math.Max(1, LeastTriadBytes / (3L * sizeof(float) * part));
        double[,] triads = Rates(threads, Repeats, _ =>
        {
            float[] a = new float[part], b = new float[part], c = new float[part];
            Array.Fill(b, 1);
            Array.Fill(c, 2);
            return () =>
            {
                long started = Stopwatch.GetTimestamp();
                for (int pass = 0; pass < passes; pass++) Triad(a, b, c);
                return 3.0 * sizeof(float) * part * passes / Stopwatch.GetElapsedTime(started).TotalSeconds / 1e9;
            };
        });
        return Enumerable.Range(0, Repeats).Max(repeat => Enumerable.Range(0, threads).Sum(thread => triads[repeat, thread]));
    }

    private static int Bits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>What each thread measured in each repeat, all threads at work at once.</summary>
    private static double[,] Rates(int threads, int repeats, Func<int, Func<double>> work)
    {
        double[,] rates = new double[repeats, threads];
        using Barrier start = new(threads);
        Thread[] crew = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            int thread = i;
            Func<double> measure = work(thread);
            crew[i] = new Thread(() =>
            {
                for (int repeat = 0; repeat < repeats; repeat++)
                {
                    start.SignalAndWait();
                    rates[repeat, thread] = measure();
                }
            });
            crew[i].Start();
        }

        foreach (Thread thread in crew) thread.Join();
        return rates;
    }

    /// <summary>Runs the chains.</summary>
    /// <returns>Floats of a vector.</returns>
    private static int Chase(long rounds)
    {
        if (Vector512.IsHardwareAccelerated) return Chase512(rounds);
        return Vector256.IsHardwareAccelerated ? Chase256(rounds) : Chase128(rounds);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Chase512(long rounds)
    {
        Vector512<float> m = Vector512.Create(0.9999f), a = Vector512.Create(0.0001f);
        Vector512<float> c0 = a, c1 = m, c2 = a, c3 = m, c4 = a, c5 = m, c6 = a, c7 = m, c8 = a, c9 = m, c10 = a, c11 = m;
        for (long i = 0; i < rounds; i++)
        {
            c0 = Vector512.FusedMultiplyAdd(c0, m, a); c1 = Vector512.FusedMultiplyAdd(c1, m, a); c2 = Vector512.FusedMultiplyAdd(c2, m, a);
            c3 = Vector512.FusedMultiplyAdd(c3, m, a); c4 = Vector512.FusedMultiplyAdd(c4, m, a); c5 = Vector512.FusedMultiplyAdd(c5, m, a);
            c6 = Vector512.FusedMultiplyAdd(c6, m, a); c7 = Vector512.FusedMultiplyAdd(c7, m, a); c8 = Vector512.FusedMultiplyAdd(c8, m, a);
            c9 = Vector512.FusedMultiplyAdd(c9, m, a); c10 = Vector512.FusedMultiplyAdd(c10, m, a); c11 = Vector512.FusedMultiplyAdd(c11, m, a);
        }

        Keep(Vector512.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11));
        return Vector512<float>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Chase256(long rounds)
    {
        Vector256<float> m = Vector256.Create(0.9999f), a = Vector256.Create(0.0001f);
        Vector256<float> c0 = a, c1 = m, c2 = a, c3 = m, c4 = a, c5 = m, c6 = a, c7 = m, c8 = a, c9 = m, c10 = a, c11 = m;
        for (long i = 0; i < rounds; i++)
        {
            c0 = Vector256.FusedMultiplyAdd(c0, m, a); c1 = Vector256.FusedMultiplyAdd(c1, m, a); c2 = Vector256.FusedMultiplyAdd(c2, m, a);
            c3 = Vector256.FusedMultiplyAdd(c3, m, a); c4 = Vector256.FusedMultiplyAdd(c4, m, a); c5 = Vector256.FusedMultiplyAdd(c5, m, a);
            c6 = Vector256.FusedMultiplyAdd(c6, m, a); c7 = Vector256.FusedMultiplyAdd(c7, m, a); c8 = Vector256.FusedMultiplyAdd(c8, m, a);
            c9 = Vector256.FusedMultiplyAdd(c9, m, a); c10 = Vector256.FusedMultiplyAdd(c10, m, a); c11 = Vector256.FusedMultiplyAdd(c11, m, a);
        }

        Keep(Vector256.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11));
        return Vector256<float>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Chase128(long rounds)
    {
        Vector128<float> m = Vector128.Create(0.9999f), a = Vector128.Create(0.0001f);
        Vector128<float> c0 = a, c1 = m, c2 = a, c3 = m, c4 = a, c5 = m, c6 = a, c7 = m, c8 = a, c9 = m, c10 = a, c11 = m;
        for (long i = 0; i < rounds; i++)
        {
            c0 = Vector128.MultiplyAddEstimate(c0, m, a); c1 = Vector128.MultiplyAddEstimate(c1, m, a); c2 = Vector128.MultiplyAddEstimate(c2, m, a);
            c3 = Vector128.MultiplyAddEstimate(c3, m, a); c4 = Vector128.MultiplyAddEstimate(c4, m, a); c5 = Vector128.MultiplyAddEstimate(c5, m, a);
            c6 = Vector128.MultiplyAddEstimate(c6, m, a); c7 = Vector128.MultiplyAddEstimate(c7, m, a); c8 = Vector128.MultiplyAddEstimate(c8, m, a);
            c9 = Vector128.MultiplyAddEstimate(c9, m, a); c10 = Vector128.MultiplyAddEstimate(c10, m, a); c11 = Vector128.MultiplyAddEstimate(c11, m, a);
        }

        Keep(Vector128.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11));
        return Vector128<float>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Triad(Span<float> a, Span<float> b, Span<float> c)
    {
        Span<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(a), y = MemoryMarshal.Cast<float, Vector<float>>(b), z = MemoryMarshal.Cast<float, Vector<float>>(c);
        for (int i = 0; i < x.Length; i++) x[i] = y[i] + (z[i] * 3f);
    }

    /// <summary>A result that is used is computed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(float value)
    {
        if (float.IsNaN(value)) throw new InvalidOperationException("The chains of multiply-adds converge, and gave no number.");
    }
}
