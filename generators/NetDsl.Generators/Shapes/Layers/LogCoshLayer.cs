using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>log cosh(d) = softplus(-2 d) + d - log 2, with d = y - t; the mean over the elements of a sample.</summary>
internal sealed class LogCoshLayer : Layer, ILossLayer
{
    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        Value target = Losses.Target(context, current.Type);
        ScalarExpression y = ScalarExpression.Of(0), t = ScalarExpression.Of(1);
        ScalarExpression difference = y - t;
        ScalarExpression loss = new ScalarExpression.Unary(UnaryFunction.Softplus, -2 * difference) + difference - Math.Log(2);
        Value elements = context.Graph.Map($"{context.Path}/loss", loss, current, target);
        Losses.Declare(context, "Regression", current, current, elements);
    }
}
