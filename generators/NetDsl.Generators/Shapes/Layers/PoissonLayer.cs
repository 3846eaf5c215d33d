using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y - t log(y + 1e-7); the mean over the elements of a sample.</summary>
internal sealed class PoissonLayer : Layer, ILossLayer
{
    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        Value target = Losses.Target(context, current.Type);
        ScalarExpression y = ScalarExpression.Of(0), t = ScalarExpression.Of(1);
        Value elements = context.Graph.Map($"{context.Path}/loss", y - (t * new ScalarExpression.Unary(UnaryFunction.Log, y + 1e-7)), current, target);
        Losses.Declare(context, "Regression", current, current, elements);
    }
}
