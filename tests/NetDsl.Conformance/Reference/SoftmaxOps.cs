using NetDsl.Generators.IR;

namespace NetDsl.Conformance.Reference;

/// <summary>Softmax over the last axis, cross-entropy on top of it, and their gradients.</summary>
internal static class SoftmaxOps
{
    public static Tensor Softmax(Tensor x)
    {
        Tensor y = x.Like(x.Shape);
        for (int row = 0; row < x.Rows; row++)
        {
            double logSum = LogSumExp(x, row);
            for (int i = 0; i < x.Last; i++) y[row, i] = Math.Exp(x[row, i] - logSum);
        }

        return y;
    }

    /// <summary>dx = y (dy - sum over the last axis of dy y).</summary>
    public static Tensor Gradient(Tensor y, Tensor dy)
    {
        Tensor dx = y.Like(y.Shape);
        for (int row = 0; row < y.Rows; row++)
        {
            double sum = 0;
            for (int i = 0; i < y.Last; i++) sum += dy[row, i] * y[row, i];
            for (int i = 0; i < y.Last; i++) dx[row, i] = y[row, i] * (dy[row, i] - sum);
        }

        return dx;
    }

    /// <summary>log sum exp(logits) - logits[label].</summary>
    public static Tensor CrossEntropy(Tensor logits, Tensor labels)
    {
        Tensor loss = labels.Like(labels.Shape);
        for (int row = 0; row < logits.Rows; row++) loss.Data[row] = LogSumExp(logits, row) - logits[row, Label(labels, row, logits.Last)];
        return loss;
    }

    /// <summary>(softmax(logits) - onehot(label)) g.</summary>
    public static Tensor CrossEntropyGradient(Tensor logits, Tensor labels, Tensor g)
    {
        Tensor dx = Softmax(logits);
        for (int row = 0; row < logits.Rows; row++)
        {
            dx[row, Label(labels, row, logits.Last)] -= 1;
            for (int i = 0; i < logits.Last; i++) dx[row, i] *= g.Data[row];
        }

        return dx;
    }

    /// <summary>The loss, and the gradient where the one that flows into each loss element is the op's scale.</summary>
    public static Tensor[] CrossEntropyWithGradient(Op.SoftmaxCrossEntropyWithGradient op, Tensor logits, Tensor labels, ReferenceInputs inputs)
    {
        Tensor g = labels.Like(labels.Shape);
        for (int row = 0; row < g.Data.Length; row++)
            g.Data[row] = ScalarEvaluator.Evaluate(op.Scale, [], row / labels.Elements, row % labels.Elements, inputs);
        return [CrossEntropy(logits, labels), CrossEntropyGradient(logits, labels, g)];
    }

    private static double LogSumExp(Tensor x, int row)
    {
        double max = double.NegativeInfinity, sum = 0;
        for (int i = 0; i < x.Last; i++) max = Math.Max(max, x[row, i]);
        for (int i = 0; i < x.Last; i++) sum += Math.Exp(x[row, i] - max);
        return max + Math.Log(sum);
    }

    private static int Label(Tensor labels, int row, int classes)
    {
        double label = labels.Data[row];
        return label >= 0 && label < classes && label == Math.Floor(label)
            ? (int)label
            : throw new ArgumentException($"Label {label} of row {row} is not a class of {classes}.", nameof(labels));
    }
}
