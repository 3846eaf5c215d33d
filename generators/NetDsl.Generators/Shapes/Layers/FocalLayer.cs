using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>
/// a (1 - p)^g (-log p) with p the probability of the true answer (Lin et al. 2017, equation 5), from the logits z: -log p is softplus(z) - z t, and
/// 1 - p = p(yes) + t - 2 t p(yes). The mean over the elements of a sample.
/// </summary>
internal sealed class FocalLayer : Layer, ILossLayer
{
    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        double alpha = context.Double("Alpha", 0.25), gamma = context.Double("Gamma", 2);
        if (alpha is <= 0 or >= 1) throw context.OutOfRange("Alpha", "more than 0 and less than 1", alpha);
        if (gamma < 0) throw context.OutOfRange("Gamma", "0 or more", gamma);
        var (logits, probabilities) = Losses.ReadSigmoid(context, current);
        Value target = Losses.Target(context, current.Type);
        ScalarExpression z = ScalarExpression.Of(0), t = ScalarExpression.Of(1);
        ScalarExpression crossEntropy = new ScalarExpression.Unary(UnaryFunction.Softplus, z) - (z * t);
        ScalarExpression yes = new ScalarExpression.Unary(UnaryFunction.Sigmoid, z), missing = yes + t - (2 * t * yes);
        ScalarExpression balance = (alpha * t) + ((1 - alpha) * (1 - t));
        Value elements = context.Graph.Map($"{context.Path}/loss", balance * Power(missing, crossEntropy, gamma), logits, target);
        Losses.Declare(context, "BinaryCrossEntropy", current, probabilities, elements);
    }

    /// <summary>
    /// missing^gamma * loss. Other than for whole numbers the power is exp(gamma log missing), where log is cut off at 1e-30, which no float's
    /// square is above.
    /// </summary>
    private static ScalarExpression Power(ScalarExpression missing, ScalarExpression loss, double gamma)
    {
        const int MostFactors = 8;
        if (gamma == Math.Floor(gamma) && gamma <= MostFactors)
        {
            for (int i = 0; i < (int)gamma; i++) loss = missing * loss;
            return loss;
        }

        ScalarExpression log = new ScalarExpression.Unary(UnaryFunction.Log, new ScalarExpression.Binary(BinaryFunction.Max, missing, 1e-30));
        return new ScalarExpression.Unary(UnaryFunction.Exp, gamma * log) * loss;
    }
}
