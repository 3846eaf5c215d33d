namespace NetDsl.Generators.IR;

/// <summary>A tensor in the graph: made by one node, read by any number.</summary>
internal sealed class Value(TensorType type, string label)
{
    public TensorType Type { get; } = type;

    /// <summary>What the printed IR and the generated code call it.</summary>
    public string Label { get; } = label;

    public override string ToString() => $"{Label}: {Type}";
}
