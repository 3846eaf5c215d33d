using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>
/// -(t log p + (1 - t) log(1 - p)) with p = sigmoid(z), as softplus(z) - z t; the mean over the elements of a sample.
/// </summary>
internal sealed class BinaryCrossEntropyLayer : Layer, ILossLayer
{
    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        var (logits, probabilities) = Losses.ReadSigmoid(context, current);
        Value target = Losses.Target(context, current.Type);
        ScalarExpression z = ScalarExpression.Of(0), t = ScalarExpression.Of(1);
        Value elements = context.Graph.Map($"{context.Path}/loss", new ScalarExpression.Unary(UnaryFunction.Softplus, z) - (z * t), logits, target);
        Losses.Declare(context, "BinaryCrossEntropy", current, probabilities, elements);
    }
}
