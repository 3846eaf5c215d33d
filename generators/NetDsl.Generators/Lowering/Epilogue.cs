using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Lowering;

/// <summary>What an op does to its result before it is stored.</summary>
/// <param name="Expression">Operand 0 is the op's own result, operand i the i-th of <paramref name="Operands"/>.</param>
/// <param name="Columns">Extent of the result's last axis.</param>
internal sealed record Epilogue(ScalarExpression Expression, EquatableArray<EpilogueOperand> Operands, int Columns)
{
    /// <summary>Whether the building block is told that it never falls while the result rises.</summary>
    public bool IsMonotone { get; init; }

    /// <summary>What is stored as the second result, over the same operands as <see cref="Expression"/>.</summary>
    public ScalarExpression? Slope { get; init; }

    /// <summary>The epilogue that fusion gave a node, or <see langword="null"/>.</summary>
    public static Epilogue? Of(Node node) => Of(node, node.Output.Type);

    /// <summary>The epilogue of a node that does it to a value of another type than its output's.</summary>
    public static Epilogue? Of(Node node, TensorType result)
    {
        if (node.Epilogue is null) return null;
        var operands = node.Inputs.Skip(node.OperandCount).Select(value =>
        {
            EpilogueAccess access = EpilogueAccess.Of(value.Type, result)!;
            return new EpilogueOperand(access.Batched, access.RowStride, access.ColumnStride);
        });
        return new Epilogue(node.Epilogue, operands.ToEquatableArray(), result.Shape[result.Rank - 1]);
    }

    /// <summary>
    /// The same, told to be monotone where it is sums, maxima and minima of the result with numbers of its column alone: none of these
    /// falls while the result rises, rounded as they are.
    /// </summary>
    public Epilogue WithMonotone() =>
        this with { IsMonotone = Operands.All(operand => !operand.Batched && operand.RowStride == 0) && Rises(Expression) };

    private static bool Rises(ScalarExpression expression) => expression switch
    {
        ScalarExpression.Operand { Index: 0 } => true,
        ScalarExpression.Binary { Function: BinaryFunction.Add or BinaryFunction.Max or BinaryFunction.Min } binary =>
            (Rises(binary.Left) && IsFixed(binary.Right)) || (IsFixed(binary.Left) && Rises(binary.Right)),
        _ => false,
    };

    /// <summary>Whether an expression is a number that is the same for all elements of a column.</summary>
    private static bool IsFixed(ScalarExpression expression) => expression is ScalarExpression.Constant or ScalarExpression.Operand { Index: > 0 };
}

/// <summary>How an operand of an epilogue is reached. See <see cref="EpilogueAccess"/>.</summary>
internal sealed record EpilogueOperand(bool Batched, int RowStride, int ColumnStride);
