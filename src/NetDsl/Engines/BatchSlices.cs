using NetDsl.Cpu;

namespace NetDsl.Engines;

/// <summary>
/// How the batch of a program whose samples have nothing to do with each other is cut into slices. A slice runs through the whole
/// program on one thread: the threads meet once instead of after every kernel, and what one kernel writes the next finds
/// in its own core's cache. Results do not depend on the cut.
/// </summary>
internal static class BatchSlices
{
    // Activations of a slice: they share the second-level cache with the weights.
    private const int SliceFloats = 96 * 1024;

    // Below this the weights are read too often for what is done with them.
    private const int FewestSamples = 8;

    // Operations that are worth handing to another thread: some microseconds.
    private const long FewestFlops = 256 * 1024;

    /// <summary>Number of slices, 1 where the kernels had better share their work one by one.</summary>
    /// <param name="program">The program.</param>
    /// <param name="samples">Samples of the run.</param>
    /// <param name="threads">Workers.</param>
    public static int Count(CpuProgram program, int samples, int threads)
    {
        if (!program.IsPerSample) return 1;
        long flops = samples * program.Flops;
        if (threads > 1 && flops >= threads * FewestFlops && samples < threads * FewestSamples) return 1;
        int most = Math.Max(SliceFloats / Math.Max(1, program.ActivationFloats), 2 * FewestSamples);
        int slices = Math.Max(Cut.Ceiling(samples, most), (int)Math.Clamp(flops / FewestFlops, 1, threads));

        // As many for each thread, so that none waits for another's last slice.
        int even = Cut.Ceiling(slices, threads) * threads;
        if (slices > 1 && samples >= even * FewestSamples) slices = even;
        return Cut.Ceiling(samples, Cut.Ceiling(samples, slices));
    }
}

/// <summary>The slices as parts of one kernel. Each has its own piece of the activation arena.</summary>
/// <param name="Program">The program.</param>
/// <param name="Frame">The frame of the first slice, with the samples of the whole run.</param>
internal readonly record struct BatchSlice(CpuProgram Program, CpuFrame Frame) : IKernel
{
    private static readonly WorkerTeam s_alone = new(1);

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        int first = part * Frame.Capacity;
        CpuFrame slice = Frame with
        {
            Activations = Frame.Activations + ((nint)first * Program.ActivationFloats),
            Fixed = Frame.Fixed + ((nint)worker * Program.FixedFloats),
            Scratch = Frame.Scratch + (worker * (nint)Frame.ScratchFloats.Floats(1)),
            Lent = Frame.Lent.IsNull ? default : Frame.Lent + ((nint)first * Program.Inputs[0].Elements),
            Batch = Math.Min(Frame.Capacity, Frame.Batch - first),
            Team = s_alone,
        };
        Program.Entry(in slice);
    }
}
