using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>1 - (2 Σ p t + smooth) / (Σ p + Σ t + smooth), over all elements of a sample (Milletari et al. 2016, without the squares).</summary>
internal sealed class DiceLayer : Layer, ILossLayer
{
    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        double smooth = context.Double("Smooth", 1);
        if (smooth <= 0) throw context.OutOfRange("Smooth", "more than 0", smooth);
        var (_, probabilities) = Losses.ReadSigmoid(context, current);
        Value target = Losses.Target(context, current.Type);
        ScalarExpression p = ScalarExpression.Of(0), t = ScalarExpression.Of(1);
        Value common = Total(context, "common", p * t, probabilities, target), all = Total(context, "all", p + t, probabilities, target);
        Value loss = context.Graph.Map($"{context.Path}/loss", 1 - (((2 * p) + smooth) / (t + smooth)), common, all);
        Losses.Declare(context, "BinaryCrossEntropy", current, probabilities, loss);
    }

    /// <summary>The sum over a sample.</summary>
    private static Value Total(LayerContext context, string label, ScalarExpression term, params Value[] operands)
    {
        TensorType type = operands[0].Type;
        var sum = new Op.Reduce(Reduction.Sum, Enumerable.Range(0, type.Rank).ToEquatableArray(), OverBatch: false, KeepAxes: false, term, type);
        return context.Graph.Add($"{context.Path}/{label}", sum, operands);
    }
}
