using NetDsl.Generators.IR;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Lowering;

/// <summary>A value in memory, as an argument of a kernel.</summary>
/// <param name="Label">Its name in the IR.</param>
/// <param name="Type">Its type.</param>
/// <param name="Placement">Where it lies.</param>
internal sealed record KernelArgument(string Label, TensorType Type, Placement Placement)
{
    public static KernelArgument Of(Value value, MemoryPlan plan) => new(value.Label, value.Type, plan.Placements[value]);
}
