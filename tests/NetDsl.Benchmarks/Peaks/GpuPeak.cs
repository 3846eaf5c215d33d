using System.Diagnostics;
using ILGPU;
using ILGPU.Runtime;

namespace NetDsl.Benchmarks.Peaks;

/// <summary>
/// A GPU's multiply-add peak and memory bandwidth: threads enough for every multiprocessor, each with eight independent chains
/// of multiply-adds, which the device's compiler contracts; a copy of arrays larger than the last cache in pieces of 16 bytes.
/// </summary>
internal static class GpuPeak
{
    private const int Chains = 8;
    private const int StepsOfRound = 8;
    private const int Rounds = 512;
    private const int GroupSize = 256;
    private const int GroupsOfMultiprocessor = 32;
    private const int Repeats = 10;
    private const long CopyBytes = 256 << 20;

    public static DevicePeak Measure(Accelerator accelerator)
    {
        int groups = Math.Max(1, accelerator.NumMultiprocessors) * GroupsOfMultiprocessor;
        int groupSize = Math.Min(GroupSize, accelerator.MaxNumThreadsPerGroup);
        using AcceleratorStream stream = accelerator.CreateStream();
        using MemoryBuffer1D<float, Stride1D.Dense> results = accelerator.Allocate1D<float>(groups * groupSize);
        Action<AcceleratorStream, KernelConfig, ChainArguments> chains = accelerator.LoadKernel<ChainArguments>(RunChains);
        double seconds = Best(stream, () => chains(stream, new KernelConfig(groups, groupSize), new ChainArguments { results = results.View.BaseView, factor = 0.9999f, summand = 0.0001f, rounds = Rounds }));
        double gflops = 2.0 * Chains * StepsOfRound * Rounds * groups * groupSize / seconds / 1e9;

        long pieces = Math.Min(CopyBytes, accelerator.MemorySize / 8) / Interop.SizeOf<Piece>();
        using MemoryBuffer1D<Piece, Stride1D.Dense> source = accelerator.Allocate1D<Piece>(pieces), target = accelerator.Allocate1D<Piece>(pieces);
        source.MemSetToZero(stream);
        Action<AcceleratorStream, KernelConfig, CopyArguments> copy = accelerator.LoadKernel<CopyArguments>(Copy);
        int copyGroups = (int)((pieces + groupSize - 1) / groupSize);
        seconds = Best(stream, () => copy(stream, new KernelConfig(copyGroups, groupSize), new CopyArguments { source = source.View.BaseView, target = target.View.BaseView }));
        double bandwidth = 2.0 * pieces * Interop.SizeOf<Piece>() / seconds / 1e9;
        return new DevicePeak(gflops, bandwidth, FormattableString.Invariant($"{groups * groupSize} threads, {Chains} chains of multiply-adds each; a copy of {pieces * Interop.SizeOf<Piece>() >> 20} MiB"));
    }

    /// <summary>Seconds of the fastest of several launches; the first ones raise the clocks.</summary>
    private static double Best(AcceleratorStream stream, Action launch)
    {
        double best = double.PositiveInfinity;
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            stream.Synchronize();
            long started = Stopwatch.GetTimestamp();
            launch();
            stream.Synchronize();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return best;
    }

    private static void RunChains(ChainArguments a)
    {
        float m = a.factor, s = a.summand;
        float c0 = Group.IdxX, c1 = c0 + 1, c2 = c0 + 2, c3 = c0 + 3, c4 = c0 + 4, c5 = c0 + 5, c6 = c0 + 6, c7 = c0 + 7;
        for (int round = 0; round < a.rounds; round++)
        {
            c0 = (c0 * m) + s; c1 = (c1 * m) + s; c2 = (c2 * m) + s; c3 = (c3 * m) + s; c4 = (c4 * m) + s; c5 = (c5 * m) + s; c6 = (c6 * m) + s; c7 = (c7 * m) + s;
            c0 = (c0 * m) + s; c1 = (c1 * m) + s; c2 = (c2 * m) + s; c3 = (c3 * m) + s; c4 = (c4 * m) + s; c5 = (c5 * m) + s; c6 = (c6 * m) + s; c7 = (c7 * m) + s;
            c0 = (c0 * m) + s; c1 = (c1 * m) + s; c2 = (c2 * m) + s; c3 = (c3 * m) + s; c4 = (c4 * m) + s; c5 = (c5 * m) + s; c6 = (c6 * m) + s; c7 = (c7 * m) + s;
            c0 = (c0 * m) + s; c1 = (c1 * m) + s; c2 = (c2 * m) + s; c3 = (c3 * m) + s; c4 = (c4 * m) + s; c5 = (c5 * m) + s; c6 = (c6 * m) + s; c7 = (c7 * m) + s;
            c0 = (c0 * m) + s; c1 = (c1 * m) + s; c2 = (c2 * m) + s; c3 = (c3 * m) + s; c4 = (c4 * m) + s; c5 = (c5 * m) + s; c6 = (c6 * m) + s; c7 = (c7 * m) + s;
            c0 = (c0 * m) + s; c1 = (c1 * m) + s; c2 = (c2 * m) + s; c3 = (c3 * m) + s; c4 = (c4 * m) + s; c5 = (c5 * m) + s; c6 = (c6 * m) + s; c7 = (c7 * m) + s;
            c0 = (c0 * m) + s; c1 = (c1 * m) + s; c2 = (c2 * m) + s; c3 = (c3 * m) + s; c4 = (c4 * m) + s; c5 = (c5 * m) + s; c6 = (c6 * m) + s; c7 = (c7 * m) + s;
            c0 = (c0 * m) + s; c1 = (c1 * m) + s; c2 = (c2 * m) + s; c3 = (c3 * m) + s; c4 = (c4 * m) + s; c5 = (c5 * m) + s; c6 = (c6 * m) + s; c7 = (c7 * m) + s;
        }

        a.results[Grid.GlobalIndex.X] = c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7;
    }

    private static void Copy(CopyArguments a)
    {
        int piece = Grid.GlobalIndex.X;
        if (piece < a.source.IntLength) a.target[piece] = a.source[piece];
    }

    // What a kernel takes is visible to the assembly that ILGPU emits its launchers into.
    internal struct Piece
    {
        public float A, B, C, D;
    }

    internal struct ChainArguments
    {
        public ArrayView<float> results;
        public float factor, summand;
        public int rounds;
    }

    internal struct CopyArguments
    {
        public ArrayView<Piece> source, target;
    }
}
