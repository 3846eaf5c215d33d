using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>max(0, 1 - t y)²; the mean over the elements of a sample.</summary>
internal sealed class SquaredHingeLayer : Layer, ILossLayer
{
    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        Value target = Losses.Target(context, current.Type);
        ScalarExpression y = ScalarExpression.Of(0), t = ScalarExpression.Of(1);
        ScalarExpression margin = new ScalarExpression.Binary(BinaryFunction.Max, 1 - (t * y), 0);
        Value elements = context.Graph.Map($"{context.Path}/loss", margin * margin, current, target);
        Losses.Declare(context, "Other", current, current, elements);
    }
}
