using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>½ d² for |d| ≤ delta, else delta (|d| - ½ delta), with d = y - t (Huber 1964); the mean over the elements of a sample.</summary>
internal sealed class HuberLayer : Layer, ILossLayer
{
    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        double delta = context.Double("Delta", 1);
        if (delta <= 0) throw context.OutOfRange("Delta", "more than 0", delta);
        Value target = Losses.Target(context, current.Type);
        ScalarExpression y = ScalarExpression.Of(0), t = ScalarExpression.Of(1);
        ScalarExpression difference = y - t, distance = new ScalarExpression.Unary(UnaryFunction.Abs, difference);
        var loss = new ScalarExpression.SelectGreater(distance, delta, delta * (distance - (0.5 * delta)), 0.5 * difference * difference);
        Value elements = context.Graph.Map($"{context.Path}/loss", loss, current, target);
        Losses.Declare(context, "Regression", current, current, elements);
    }
}
