namespace NetDsl.Generators.IR;

/// <summary>Floating-point operations of a node per sample; a multiply-add counts two, an elementwise function one.</summary>
internal static class OpCosts
{
    public static long Flops(Node node)
    {
        // Bias and activation of a convolution with a pooling are done before that.
        long outputs = node.Op is Op.PooledConv2D pooled ? Convolution(node, pooled).Elements : node.Output.Type.Elements;
        long epilogue = node.Epilogue is null ? 0 : outputs * Operations(node.Epilogue);
        return epilogue + node.Op switch
        {
            Op.Map map => outputs * Operations(map.Expression),
            Op.Reduce reduce => reduce.Type.Elements * (1L + Operations(reduce.Prologue)),
            Op.RowSteps rows => rows.Steps.Sum(step => (step.Reduction is null ? 0 : rows.Type.Elements) + (Operations(step.Expression) * Elements(rows, step))),
            Op.MatMul { TransposeA: true } => 2L * node.Inputs[0].Type.Elements * node.Output.Type.Shape[1],
            Op.MatMul => 2L * outputs * node.Inputs[0].Type.Shape[node.Inputs[0].Type.Rank - 1],
            Op.MatMulWithSlope matMul => outputs * ((2L * node.Inputs[0].Type.Shape[node.Inputs[0].Type.Rank - 1]) + Operations(matMul.Slope)),
            Op.MatMulSum => (long)outputs * node.OperandCount * node.Inputs[0].Type.Shape[node.Inputs[0].Type.Rank - 1],
            Op.Conv2D => 2L * outputs * node.Inputs[1].Type.Elements / node.Output.Type.Shape[2],
            Op.PooledConv2D conv => (2L * outputs * node.Inputs[1].Type.Elements / node.Output.Type.Shape[2])
                + (node.Output.Type.Elements * (long)conv.Pool.KernelHeight * conv.Pool.KernelWidth),
            Op.DepthwiseConv2D conv => 2L * outputs * conv.Window.KernelHeight * conv.Window.KernelWidth,
            Op.DepthwiseConv2DInputGradient conv => 2L * node.Inputs[0].Type.Elements * conv.Window.KernelHeight * conv.Window.KernelWidth,
            Op.DepthwiseConv2DFilterGradient conv => 2L * node.Inputs[1].Type.Elements * conv.Window.KernelHeight * conv.Window.KernelWidth,
            Op.Conv2DInputGradient => 2L * node.Inputs[0].Type.Elements * node.Inputs[1].Type.Elements / node.Inputs[0].Type.Shape[2],
            Op.Conv2DFilterGradient => 2L * node.Inputs[1].Type.Elements * node.Output.Type.Elements / node.Inputs[1].Type.Shape[2],
            Op.PooledConv2DFilterGradient conv => (2L * node.Inputs[1].Type.Elements * node.Output.Type.Elements / node.Inputs[1].Type.Shape[2])
                + (node.Inputs[2].Type.Elements * (long)conv.Pool.KernelHeight * conv.Pool.KernelWidth),
            Op.MaxPool2D pool => outputs * pool.Window.KernelHeight * pool.Window.KernelWidth,
            Op.AveragePool2D pool => outputs * pool.Window.KernelHeight * pool.Window.KernelWidth,
            Op.MaxPool2DGradient pool => node.Inputs[1].Type.Elements * (long)pool.Window.KernelHeight * pool.Window.KernelWidth,
            Op.AveragePool2DGradient pool => node.Inputs[0].Type.Elements * (long)pool.Window.KernelHeight * pool.Window.KernelWidth,
            Op.Recurrence op => Recurrence(node.Output.Type.Shape[0], op.Units, op.Cell),
            Op.RecurrenceGradient op => Recurrence(node.Output.Type.Shape[0], op.Units, op.Cell),
            Op.Attention attention => Attention(node, attention.Heads, products: 2),
            Op.AttentionGradient attention => Attention(node, attention.Heads, products: 5),
            Op.GatherGradient => node.Inputs[1].Type.Elements,
            Op.Softmax => 5 * outputs,
            Op.SoftmaxGradient => 4 * outputs,
            Op.LabelDiffers => node.Output.Type.Elements,
            Op.SoftmaxCrossEntropy or Op.SoftmaxCrossEntropyGradient or Op.SoftmaxCrossEntropyWithGradient => 5L * node.Inputs[0].Type.Elements,
            _ => 0,
        };
    }

    /// <summary>The product of each step, and some ten operations of each gate.</summary>
    private static long Recurrence(int steps, int units, Cell cell) => (long)steps * units * cell.Gates() * ((2L * units) + 10);

    /// <summary>Products of queries x keys x width a head, and the exponentials.</summary>
    private static long Attention(Node node, int heads, int products)
    {
        TensorType q = node.Inputs[0].Type, k = node.Inputs[1].Type;
        return (long)q.Shape[0] * k.Shape[0] * ((2L * products * q.Shape[1]) + (5L * heads));
    }

    private static long Elements(Op.RowSteps op, RowStep step) => step.IsWide || step.Reduction is not null ? op.Type.Elements : op.Type.WithLast(1).Elements;

    private static TensorType Convolution(Node node, Op.PooledConv2D op) =>
        OpTypes.Infer(new Op.Conv2D(op.Window), [node.Inputs[0].Type, node.Inputs[1].Type])[0];

    private static long Operations(ScalarExpression expression)
    {
        long count = 0;
        ScalarExpressions.Visit(expression, e => count += e is ScalarExpression.Unary or ScalarExpression.Binary or ScalarExpression.SelectGreater ? 1 : 0);
        return count;
    }
}
