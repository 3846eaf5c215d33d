using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <content>Cross-entropy with smoothed labels, weights and labels that do not count.</content>
public static partial class Softmax
{
    /// <summary>The loss of each row by a rule.</summary>
    /// <param name="f">The run.</param>
    /// <param name="logits">Rows x classes a sample.</param>
    /// <param name="labels">32-bit integers, one a row: a class, or the ignored one.</param>
    /// <param name="loss">One value a row.</param>
    /// <param name="rows">Rows a sample.</param>
    /// <param name="classes">Elements of a row.</param>
    /// <param name="rule">What the labels mean.</param>
    public static void CrossEntropyByRule(in CpuFrame f, BatchView logits, BatchView labels, BatchView loss, int rows, int classes, LabelRule rule) =>
        Run(in f, new RuledLossRow(logits, labels, loss, classes, rule), rows, classes);

    /// <summary>dlogits = (softmax(logits) - (1 - s) onehot(label) - s / classes) * weight * g of each row.</summary>
    /// <param name="f">The run.</param>
    /// <param name="logits">Rows x classes a sample.</param>
    /// <param name="labels">32-bit integers, one a row: a class, or the ignored one.</param>
    /// <param name="g">Gradient by the loss, one value a row.</param>
    /// <param name="dlogits">Gradient by the logits; may be their memory.</param>
    /// <param name="rows">Rows a sample.</param>
    /// <param name="classes">Elements of a row.</param>
    /// <param name="rule">What the labels mean.</param>
    public static void CrossEntropyGradientByRule(
        in CpuFrame f, BatchView logits, BatchView labels, BatchView g, BatchView dlogits, int rows, int classes, LabelRule rule) =>
        Run(in f, new RuledGradientRow(logits, labels, g, dlogits, classes, rule), rows, classes);

    /// <summary>Loss and gradient by a rule at once.</summary>
    /// <param name="f">The run.</param>
    /// <param name="logits">Rows x classes a sample.</param>
    /// <param name="labels">32-bit integers, one a row: a class, or the ignored one.</param>
    /// <param name="loss">One value a row, not scaled.</param>
    /// <param name="dlogits">Gradient by the logits; may be their memory.</param>
    /// <param name="rows">Rows a sample.</param>
    /// <param name="classes">Elements of a row.</param>
    /// <param name="scale">Gradient by each row's loss.</param>
    /// <param name="rule">What the labels mean.</param>
    public static void CrossEntropyWithGradientByRule(
        in CpuFrame f, BatchView logits, BatchView labels, BatchView loss, BatchView dlogits, int rows, int classes, float scale, LabelRule rule) =>
        Run(in f, new RuledLossAndGradientRow(logits, labels, loss, dlogits, classes, scale, rule), rows, classes);

    /// <summary>log sum exp(x) - (1 - s) x[label] - s mean(x), where the sum of exp(x - max) is known; weight times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Loss(LabelRule rule, float sum, float atLabel, float shifted, float weight, int classes) => rule.Smoothing == 0
        ? weight * (Log(sum) - atLabel)
        : weight * (Log(sum) - ((1 - rule.Smoothing) * atLabel) - (rule.Smoothing / classes * shifted));

    /// <summary>The sum of x - max; 0 where the rule does not ask for it.</summary>
    private static float Shifted(LabelRule rule, Floats x, int classes, float max)
    {
        if (rule.Smoothing == 0) return 0;
        int width = Vector<float>.Count, i = 0;
        Vector<float> shift = new(max), sum = Vector<float>.Zero;
        for (; i <= classes - width; i += width) sum += x.Load(i) - shift;
        float total = Vector.Sum(sum);
        for (; i < classes; i++) total += x[i] - max;
        return total;
    }

    /// <summary>The gradient by a rule; gives the row's loss.</summary>
    private static float LossAndGradient(Floats logits, Floats dlogits, int label, int classes, float g, LabelRule rule)
    {
        float weight = rule.Read(ref label);
        float max = Max(logits, classes);
        float atLabel = logits[label] - max, shifted = Shifted(rule, logits, classes, max);
        float sum = ExpAndSum(logits, dlogits, classes, max);
        float inverse = 1f / sum, scale = g * weight, spread = rule.Smoothing / classes;
        float probability = dlogits[label] * inverse;
        int width = Vector<float>.Count, i = 0;
        Vector<float> less = new(spread);
        for (; i <= classes - width; i += width) dlogits.Store(i, ((dlogits.Load(i) * inverse) - less) * scale);
        for (; i < classes; i++) dlogits[i] = ((dlogits[i] * inverse) - spread) * scale;
        dlogits[label] = (probability - (1 - rule.Smoothing + spread)) * scale;
        return Loss(rule, sum, atLabel, shifted, weight, classes);
    }

    private readonly struct RuledLossRow(BatchView logits, BatchView labels, BatchView loss, int classes, LabelRule rule) : IRow
    {
        public void Run(int sample, int row)
        {
            Floats x = logits[sample] + ((nint)row * classes);
            int label = labels[sample].AsInts()[row];
            float weight = rule.Read(ref label), max = Max(x, classes);
            loss[sample][row] = Loss(rule, ExpSum(x, classes, max), x[label] - max, Shifted(rule, x, classes, max), weight, classes);
        }
    }

    private readonly struct RuledGradientRow(BatchView logits, BatchView labels, BatchView g, BatchView dlogits, int classes, LabelRule rule) : IRow
    {
        public void Run(int sample, int row)
        {
            nint start = (nint)row * classes;
            LossAndGradient(logits[sample] + start, dlogits[sample] + start, labels[sample].AsInts()[row], classes, g[sample][row], rule);
        }
    }

    private readonly struct RuledLossAndGradientRow(
        BatchView logits, BatchView labels, BatchView loss, BatchView dlogits, int classes, float scale, LabelRule rule)
        : IRow
    {
        public void Run(int sample, int row)
        {
            nint start = (nint)row * classes;
            loss[sample][row] =
                LossAndGradient(logits[sample] + start, dlogits[sample] + start, labels[sample].AsInts()[row], classes, scale, rule);
        }
    }
}
