using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>max(0, 1 - t y); the mean over the elements of a sample.</summary>
internal sealed class HingeLayer : Layer, ILossLayer
{
    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        Value target = Losses.Target(context, current.Type);
        ScalarExpression y = ScalarExpression.Of(0), t = ScalarExpression.Of(1);
        Value elements = context.Graph.Map($"{context.Path}/loss", new ScalarExpression.Binary(BinaryFunction.Max, 1 - (t * y), 0), current, target);
        Losses.Declare(context, "Other", current, current, elements);
    }
}
