namespace NetDsl.Generators.IR;

/// <summary>One operation in the graph.</summary>
/// <param name="Op">What is done.</param>
/// <param name="Inputs">The operands, in the op's order; after them the further operands of the epilogue.</param>
/// <param name="Outputs">The results; one for nearly every op.</param>
/// <param name="Origin">The layer this belongs to and the direction.</param>
/// <param name="Epilogue">
/// What is applied to each element of the first result before it is stored: operand 0 is the op's own result, operand
/// i the i-th of the further inputs (broadcast as in <see cref="Op.Map"/>). <see langword="null"/>: stored as it is.
/// </param>
internal sealed record Node(
    Op Op,
    IReadOnlyList<Value> Inputs,
    IReadOnlyList<Value> Outputs,
    Origin Origin,
    ScalarExpression? Epilogue = null,
    int EpilogueOperands = 0)
{
    public Value Output => Outputs[0];

    /// <summary>Operands of the op itself.</summary>
    public int OperandCount => Inputs.Count - EpilogueOperands;
}

/// <summary>Which layer a node was built for.</summary>
/// <param name="Layer">Path of the layer (<c>stage/2/Conv2D1</c>), as in the names of its weights.</param>
/// <param name="Kind">Kind of the layer (<c>Conv2D</c>).</param>
/// <param name="Phase">Direction.</param>
internal sealed record Origin(string Layer, string Kind, Phase Phase);

/// <summary>Parts of a step.</summary>
internal enum Phase
{
    Forward,
    Loss,
    Backward,
}
