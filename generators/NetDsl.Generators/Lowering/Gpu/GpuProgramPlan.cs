using NetDsl.Generators.IR;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Lowering.Gpu;

/// <summary>One launch of a kernel in a program.</summary>
/// <param name="Kernel">What is launched.</param>
/// <param name="Arguments">Results first, then operands, in the kernel's order.</param>
/// <param name="Node">The node of the IR, for the comment; <see langword="null"/> for a copy to the parameters and for the load.</param>
/// <param name="Origin">The layer and direction.</param>
/// <param name="Scratch">Working memory.</param>
internal sealed record GpuLaunch(GpuKernel Kernel, IReadOnlyList<KernelArgument> Arguments, Node? Node, Origin Origin, int Scratch = 0);

/// <summary>A program for the GPU: all decisions are made.</summary>
/// <param name="Launches">The kernels in order.</param>
internal sealed record GpuProgramPlan(
    ProgramGraph Program,
    MemoryPlan Plan,
    IReadOnlyList<GpuLaunch> Launches,
    IReadOnlyList<Observation> Observations) : ProgramPlan(Program, Plan, Observations)
{
    /// <summary>Floats of working memory: what the neediest launch takes.</summary>
    public int ScratchFloats => Launches.Count == 0 ? 0 : Launches.Max(launch => launch.Scratch);
}
