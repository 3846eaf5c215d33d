using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Lowering;

/// <summary>A program of one target, with every decision made: what all targets have in common.</summary>
/// <param name="Program">The program and its graph.</param>
/// <param name="Plan">The memory.</param>
/// <param name="Observations">What the observer sees, in order.</param>
internal abstract record ProgramPlan(ProgramGraph Program, MemoryPlan Plan, IReadOnlyList<Observation> Observations);

/// <summary>After which call the output of a layer is in memory, for the observer.</summary>
internal sealed record Observation(int AfterCall, string Layer, KernelArgument Output);
