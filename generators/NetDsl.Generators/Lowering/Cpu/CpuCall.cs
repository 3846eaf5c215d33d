using NetDsl.Generators.IR;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Lowering.Cpu;

/// <summary>One call of a kernel in a program.</summary>
/// <param name="Kernel">What is called.</param>
/// <param name="Arguments">Results first, then operands, in the kernel's order.</param>
/// <param name="Node">The node of the IR, for the comment; <see langword="null"/> for a copy to the parameters.</param>
/// <param name="Origin">The layer and direction.</param>
internal sealed record CpuCall(CpuKernel Kernel, IReadOnlyList<CpuArgument> Arguments, Node? Node, Origin Origin);

/// <summary>A value in memory, as an argument of a kernel.</summary>
/// <param name="Label">Its name in the IR.</param>
/// <param name="Type">Its type.</param>
/// <param name="Placement">Where it lies.</param>
internal sealed record CpuArgument(string Label, TensorType Type, Placement Placement);

/// <summary>After which call the output of a layer is in memory, for the observer.</summary>
internal sealed record CpuObservation(int AfterCall, string Layer, CpuArgument Output);

/// <summary>A program for the CPU: all decisions are made.</summary>
/// <param name="Program">The program and its graph.</param>
/// <param name="Plan">The memory.</param>
/// <param name="Calls">The kernels in order.</param>
/// <param name="Observations">What the observer sees, in order.</param>
internal sealed record CpuProgramPlan(
    ProgramGraph Program,
    MemoryPlan Plan,
    IReadOnlyList<CpuCall> Calls,
    IReadOnlyList<CpuObservation> Observations);
