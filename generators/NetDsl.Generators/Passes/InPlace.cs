using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>Which ops read an operand, at each place, no later than they write their result there.</summary>
internal static class InPlace
{
    /// <summary>Whether the result may be written over operand <paramref name="operand"/>, as far as the op is concerned.</summary>
    public static bool MayOverwrite(Node node, int operand, Value output)
    {
        // A matmul or convolution keeps partial sums in its result until the epilogue runs, so no operand may lie there. Pooling
        // backward works in memory of its own until then.
        if (operand >= node.OperandCount)
            return node.Op is Op.MaxPool2DGradient { Window: var window } && window.IsApart && node.Inputs[operand].Type.Equals(output.Type);
        return node.Op switch
        {
            Op.Map map => node.Inputs[operand].Type.Equals(map.Type),
            Op.RowSteps rows => node.Inputs[operand].Type.Equals(output.Type) && !IsReadAfter(rows, operand, node.Outputs.ToList().IndexOf(output)),
            Op.MaxPool2DGradient pool => operand == 0 && pool.Window.IsApart,
            Op.Softmax => true,
            Op.SoftmaxGradient => true,
            Op.SoftmaxCrossEntropyGradient => operand == 0,
            Op.SoftmaxCrossEntropyWithGradient => operand == 0 && ReferenceEquals(output, node.Outputs[1]),
            _ => false,
        };
    }

    /// <summary>Whether a step behind the one of a result reads the operand.</summary>
    private static bool IsReadAfter(Op.RowSteps op, int operand, int result)
    {
        int step = -1;
        for (int i = 0; i <= result; i++) step = op.Steps.ToList().FindIndex(step + 1, s => s.IsResult);
        return op.Steps.Skip(step + 1).Any(later => ScalarExpressions.Reads(later.Expression, operand));
    }
}
