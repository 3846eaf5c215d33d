using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton 2016) of each row, which is the last axis:
/// y = activation((x - mean) / sqrt(variance + epsilon) scale + bias).
/// </summary>
internal sealed class LayerNormLayer : Layer
{
    private static readonly ScalarExpression X = ScalarExpression.Of(0), A = ScalarExpression.Of(1), B = ScalarExpression.Of(2), C = ScalarExpression.Of(3);

    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        double epsilon = context.Double("Epsilon", 1e-5);
        if (epsilon <= 0) throw context.OutOfRange("Epsilon", "more than 0", epsilon);
        if (x.Type.Rank == 0) throw context.WrongRank(x, "a tensor of at least one axis");
        context.Describe("epsilon " + epsilon.ToString("R", CultureInfo.InvariantCulture));

        int features = x.Type.Shape[x.Type.Rank - 1];
        Value scale = context.Parameter("scale", [features], ParameterRole.Trainable, "Ones", 1, 1);
        Value bias = context.Parameter("bias", [features], ParameterRole.Trainable, "Zeros", 1, 1);

        // The differences are a value of their own: the gradient then passes the mean once, and nothing that sums to zero is summed.
        Value mean = Rows.Mean(context, "mean", X, x);
        Value centered = context.Graph.Map($"{context.Path}/centered", X - A, x, mean);
        Value variance = Rows.Mean(context, "variance", X * X, centered);
        Value inverse = context.Graph.Map($"{context.Path}/inverse", 1 / new ScalarExpression.Unary(UnaryFunction.Sqrt, X + epsilon), variance);
        Value y = context.Graph.Map($"{context.Path}/scaled", (X * A * B) + C, centered, inverse, scale, bias);
        context.Output = Activations.Apply(context, y);
    }
}
