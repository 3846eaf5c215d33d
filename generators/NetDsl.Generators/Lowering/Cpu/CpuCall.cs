using NetDsl.Generators.IR;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Lowering.Cpu;

/// <summary>One call of a kernel in a program.</summary>
/// <param name="Kernel">What is called.</param>
/// <param name="Arguments">Results first, then operands, in the kernel's order.</param>
/// <param name="Node">The node of the IR, for the comment; <see langword="null"/> for a copy to the parameters.</param>
/// <param name="Origin">The layer and direction.</param>
internal sealed record CpuCall(CpuKernel Kernel, IReadOnlyList<KernelArgument> Arguments, Node? Node, Origin Origin);

/// <summary>A program for the CPU: all decisions are made.</summary>
/// <param name="Calls">The kernels in order.</param>
internal sealed record CpuProgramPlan(
    ProgramGraph Program,
    MemoryPlan Plan,
    IReadOnlyList<CpuCall> Calls,
    IReadOnlyList<Observation> Observations) : ProgramPlan(Program, Plan, Observations)
{
    /// <summary>The calls by layer and direction.</summary>
    public IReadOnlyList<CpuSection> Sections { get; } = CpuSection.Of(Calls);

    /// <summary>
    /// Whether every sample is computed from itself and the parameters alone: nothing is summed over the batch, nothing but
    /// activations is kept, and no random number is drawn, whose place in the stream is counted over the whole batch.
    /// </summary>
    public bool IsPerSample =>
        Calls.All(call => call.Kernel.IsPerSample && call.Arguments[0].Placement.Arena is Arena.Activations or Arena.Fixed);
}
