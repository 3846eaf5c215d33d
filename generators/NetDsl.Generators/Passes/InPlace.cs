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
            Op.MaxPool2DGradient pool => operand == 0 && pool.Window.IsApart,
            Op.Softmax => true,
            Op.SoftmaxGradient => true,
            Op.SoftmaxCrossEntropyGradient => operand == 0,
            Op.SoftmaxCrossEntropyWithGradient => operand == 0 && ReferenceEquals(output, node.Outputs[1]),
            _ => false,
        };
    }
}
