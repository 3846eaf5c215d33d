using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Offsets in the parameter arena: trainable tensors first, so that the optimizer works on one leading piece, then frozen
/// ones, then state; within each group in order of declaration.
/// </summary>
/// <param name="Offsets">By the parameter's index in the graph.</param>
/// <param name="Order">Indices in order of their offsets.</param>
/// <param name="Floats">Size of the arena.</param>
/// <param name="TrainableFloats">Size of the leading piece.</param>
internal sealed record ParameterLayout(IReadOnlyList<int> Offsets, IReadOnlyList<int> Order, int Floats, int TrainableFloats)
{
    /// <summary>Floats to which offsets are rounded: a cache line, and the widest vector.</summary>
    public const int Alignment = 16;

    public static ParameterLayout Of(IReadOnlyList<ParameterInfo> parameters)
    {
        int[] order = [.. Enumerable.Range(0, parameters.Count).OrderBy(i => parameters[i].Role).ThenBy(i => i)];
        int[] offsets = new int[parameters.Count];
        int floats = 0, trainable = 0;
        foreach (int index in order)
        {
            offsets[index] = floats;
            floats = checked(floats + RoundUp(parameters[index].Type.Elements));
            if (parameters[index].Role == ParameterRole.Trainable) trainable = floats;
        }

        return new ParameterLayout(offsets, order, floats, trainable);
    }

    public static int RoundUp(int floats) => checked((floats + Alignment - 1) / Alignment * Alignment);
}
