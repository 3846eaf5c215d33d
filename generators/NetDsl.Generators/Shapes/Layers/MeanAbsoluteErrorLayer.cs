using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>|y - t|; the mean over the elements of a sample.</summary>
internal sealed class MeanAbsoluteErrorLayer : Layer, ILossLayer
{
    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        Value target = Losses.Target(context, current.Type);
        ScalarExpression y = ScalarExpression.Of(0), t = ScalarExpression.Of(1);
        Value elements = context.Graph.Map($"{context.Path}/loss", new ScalarExpression.Unary(UnaryFunction.Abs, y - t), current, target);
        Losses.Declare(context, "Regression", current, current, elements);
    }
}
