using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>(y - t)², the mean over the elements of a sample.</summary>
internal sealed class MeanSquaredErrorLayer : Layer, ILossLayer
{
    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        Value target = Losses.Target(context, current.Type);
        ScalarExpression difference = ScalarExpression.Of(0) - ScalarExpression.Of(1);
        Value elements = context.Graph.Map($"{context.Path}/loss", difference * difference, current, target);
        Losses.Declare(context, "MeanSquaredError", current, current, elements);
    }
}
