using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = activation(x / sqrt(mean of x² + epsilon) scale) for each row, which is the last axis (Zhang and Sennrich 2019).</summary>
internal sealed class RMSNormLayer : Layer
{
    private static readonly ScalarExpression X = ScalarExpression.Of(0), A = ScalarExpression.Of(1), B = ScalarExpression.Of(2);

    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        double epsilon = context.Double("Epsilon", 1e-6);
        if (epsilon <= 0) throw context.OutOfRange("Epsilon", "more than 0", epsilon);
        if (x.Type.Rank == 0) throw context.WrongRank(x, "a tensor of at least one axis");
        context.Describe("epsilon " + epsilon.ToString("R", CultureInfo.InvariantCulture));

        Value scale = context.Parameter("scale", [x.Type.Shape[x.Type.Rank - 1]], ParameterRole.Trainable, "Ones", 1, 1);
        Value square = Rows.Mean(context, "meanSquare", X * X, x);
        Value inverse = context.Graph.Map($"{context.Path}/inverse", 1 / new ScalarExpression.Unary(UnaryFunction.Sqrt, X + epsilon), square);
        Value y = context.Graph.Map($"{context.Path}/scaled", X * A * B, x, inverse, scale);
        context.Output = Activations.Apply(context, y);
    }
}
