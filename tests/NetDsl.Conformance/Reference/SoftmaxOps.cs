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

    /// <summary>The sum over the classes of t[c] (log sum exp(logits) - logits[c]), with t what the rule makes of the label.</summary>
    public static Tensor CrossEntropy(LabelRule rule, Tensor logits, Tensor labels)
    {
        Tensor loss = labels.Like(labels.Shape);
        for (int row = 0; row < logits.Rows; row++)
        {
            double[] target = Target(rule, labels, row, logits.Last);
            double logSum = LogSumExp(logits, row);
            for (int c = 0; c < logits.Last; c++) loss.Data[row] += target[c] * (logSum - logits[row, c]);
        }

        return loss;
    }

    /// <summary>(softmax(logits) sum(t) - t) g.</summary>
    public static Tensor CrossEntropyGradient(LabelRule rule, Tensor logits, Tensor labels, Tensor g)
    {
        Tensor dx = Softmax(logits);
        for (int row = 0; row < logits.Rows; row++)
        {
            double[] target = Target(rule, labels, row, logits.Last);
            double sum = target.Sum();
            for (int i = 0; i < logits.Last; i++) dx[row, i] = ((dx[row, i] * sum) - target[i]) * g.Data[row];
        }

        return dx;
    }

    /// <summary>0 where the label is the given one, else 1.</summary>
    public static Tensor LabelDiffers(int label, Tensor labels)
    {
        Tensor y = labels.Like(labels.Shape);
        for (int i = 0; i < y.Data.Length; i++) y.Data[i] = labels.Data[i] == label ? 0 : 1;
        return y;
    }

    /// <summary>The loss, and the gradient where the one that flows into each loss element is the op's scale.</summary>
    public static Tensor[] CrossEntropyWithGradient(Op.SoftmaxCrossEntropyWithGradient op, Tensor logits, Tensor labels, ReferenceInputs inputs)
    {
        Tensor g = labels.Like(labels.Shape);
        for (int row = 0; row < g.Data.Length; row++)
            g.Data[row] = ScalarEvaluator.Evaluate(op.Scale, [], row / labels.Elements, row % labels.Elements, inputs);
        return [CrossEntropy(op.Rule, logits, labels), CrossEntropyGradient(op.Rule, logits, labels, g)];
    }

    private static double LogSumExp(Tensor x, int row)
    {
        double max = double.NegativeInfinity, sum = 0;
        for (int i = 0; i < x.Last; i++) max = Math.Max(max, x[row, i]);
        for (int i = 0; i < x.Last; i++) sum += Math.Exp(x[row, i] - max);
        return max + Math.Log(sum);
    }

    /// <summary>The distribution that the row's label stands for, times its weight: all zeros where it is ignored.</summary>
    private static double[] Target(LabelRule rule, Tensor labels, int row, int classes)
    {
        double[] target = new double[classes];
        if (labels.Data[row] == rule.Ignored) return target;
        int label = Label(labels, row, classes);
        double weight = rule.Weights.Length == 0 ? 1 : rule.Weights[label];
        Array.Fill(target, weight * rule.Smoothing / classes);
        target[label] += weight * (1 - rule.Smoothing);
        return target;
    }

    private static int Label(Tensor labels, int row, int classes)
    {
        double label = labels.Data[row];
        return label >= 0 && label < classes && label == Math.Floor(label)
            ? (int)label
            : throw new ArgumentException($"Label {label} of row {row} is not a class of {classes}.", nameof(labels));
    }
}
