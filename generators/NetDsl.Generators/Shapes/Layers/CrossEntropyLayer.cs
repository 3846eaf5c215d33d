using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>-log softmax(logits)[label], a label per row of the last axis, as a <see cref="LabelRule"/> reads it; the mean over the rows of a sample that count.</summary>
internal sealed class CrossEntropyLayer : Layer, ILossLayer
{
    // The kernels of a GPU have the weights as constants.
    private const int MostWeights = 4096;

    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        Losses.RequireClasses(context, current);
        int classes = current.Type.Shape[current.Type.Rank - 1];
        LabelRule rule = Rule(context, classes);
        var (logits, probabilities) = Losses.ReadSoftmax(context, current);
        TensorType labels = new(DType.I32, current.Type.Shape.Take(current.Type.Rank - 1).ToEquatableArray(), true);
        Value target = Losses.Target(context, labels);
        if (context.VocabularyOf(target) is { } vocabulary && vocabulary > classes)
        {
            throw context.ErrorAbout(
                target,
                DiagnosticIds.LossShape,
                context.Source.At("Target"),
                context.Path,
                FormattableString.Invariant($"it has {classes} classes, and {context.NameOf(target)} has tokens from 0 to {vocabulary - 1}"));
        }

        Value loss = context.Graph.Add($"{context.Path}/loss", new Op.SoftmaxCrossEntropy(rule), logits, target);
        Value? counted = rule.Ignored is { } ignored && labels.Rank > 0 ? context.Graph.Add($"{context.Path}/counted", new Op.LabelDiffers(ignored), target) : null;
        Losses.Declare(context, "CrossEntropy", current, probabilities, loss, counted);
    }

    private static LabelRule Rule(LayerContext context, int classes)
    {
        double smoothing = context.Double("LabelSmoothing");
        if (smoothing is < 0 or >= 1) throw context.OutOfRange("LabelSmoothing", "0 or more and less than 1", smoothing);
        int? ignored = context.Has("IgnoreIndex") ? context.Int("IgnoreIndex", 0, int.MinValue, int.MaxValue) : null;
        double[] weights = context.Doubles("ClassWeights");
        if (context.Has("ClassWeights"))
        {
            if (weights.Length != classes) throw context.OutOfRange("ClassWeights", FormattableString.Invariant($"one weight for each of {classes} classes"), FormattableString.Invariant($"{weights.Length} weights"));
            if (classes > MostWeights) throw context.OutOfRange("ClassWeights", FormattableString.Invariant($"absent with more than {MostWeights} classes"), FormattableString.Invariant($"{classes} weights"));
            int negative = Array.FindIndex(weights, weight => weight < 0);
            if (negative >= 0) throw context.OutOfRange("ClassWeights", negative, "zero or more", weights[negative]);
            if (weights.All(weight => weight == 0)) throw context.OutOfRange("ClassWeights", "positive for at least one class", "0 for all");
        }

        return new LabelRule(smoothing, ignored, weights.ToEquatableArray());
    }
}
