using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Offsets in the parameter arena: trainable tensors first, so that the optimizer works on one leading piece, then frozen
/// ones, then state; within each group in order of declaration. The tensors of a network within this one are one piece, in the
/// places that they have in its own arena, so that its programs can run over it. Pieces with anything trainable in
/// them end the leading piece; what they have of frozen tensors and state lies within it, where gradients stay zero.
/// </summary>
/// <param name="Offsets">By the parameter's index in the graph.</param>
/// <param name="Order">Indices in order of their offsets.</param>
/// <param name="Floats">Size of the arena.</param>
/// <param name="TrainableFloats">Size of the leading piece.</param>
/// <param name="PartOffsets">First float of each network directly in this one, by its index.</param>
internal sealed record ParameterLayout(IReadOnlyList<int> Offsets, IReadOnlyList<int> Order, int Floats, int TrainableFloats, IReadOnlyDictionary<int, int> PartOffsets)
{
    /// <summary>Floats to which offsets are rounded: a cache line, and the widest vector.</summary>
    public const int Alignment = 16;

    public static ParameterLayout Of(IReadOnlyList<ParameterInfo> parameters)
    {
        int[] offsets = new int[parameters.Count];
        var parts = new Dictionary<int, int>();
        int floats = Place(parameters, [.. Enumerable.Range(0, parameters.Count)], 0, 0, offsets, parts);
        int[] order = [.. Enumerable.Range(0, parameters.Count).OrderBy(i => offsets[i])];
        int trainable = order.Where(i => parameters[i].Role == ParameterRole.Trainable).Select(i => offsets[i] + RoundUp(parameters[i].Type.Elements)).DefaultIfEmpty(0).Max();
        return new ParameterLayout(offsets, order, floats, trainable, parts);
    }

    public static int RoundUp(int floats) => checked((floats + Alignment - 1) / Alignment * Alignment);

    /// <summary>Places the tensors of a network.</summary>
    /// <param name="parameters">All tensors.</param>
    /// <param name="own">Those of the network.</param>
    /// <param name="depth">How deep it lies in the outermost one.</param>
    /// <param name="start">Its first float.</param>
    /// <param name="offsets">Receives the places.</param>
    /// <param name="parts">Receives the first floats of the networks directly in the outermost one.</param>
    /// <returns>The first float behind it.</returns>
    private static int Place(IReadOnlyList<ParameterInfo> parameters, IReadOnlyList<int> own, int depth, int start, int[] offsets, Dictionary<int, int> parts)
    {
        ParameterRole Role(int i) => depth == 0 ? parameters[i].Role : parameters[i].Within[depth - 1].Role;

        int[][] inner = [.. own.Where(i => parameters[i].Within.Length > depth).GroupBy(i => parameters[i].Within[depth].Part).Select(group => group.ToArray())];
        ILookup<bool, int[]> byTraining = inner.ToLookup(part => part.Any(i => Role(i) == ParameterRole.Trainable));
        ILookup<bool, int> direct = own.Where(i => parameters[i].Within.Length == depth).ToLookup(i => Role(i) == ParameterRole.Trainable);
        foreach (int i in direct[true]) Add(i);
        foreach (int[] part in byTraining[true]) AddPart(part);
        foreach (int i in direct[false].OrderBy(Role).ThenBy(i => i)) Add(i);
        foreach (int[] part in byTraining[false]) AddPart(part);
        return start;

        void Add(int i)
        {
            offsets[i] = start;
            start = checked(start + RoundUp(parameters[i].Type.Elements));
        }

        void AddPart(int[] part)
        {
            if (depth == 0) parts[parameters[part[0]].Within[0].Part] = start;
            start = Place(parameters, part, depth + 1, start, offsets, parts);
        }
    }
}
