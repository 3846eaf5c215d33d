using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015) over the batch and all axes but the last:
/// y = activation((x - mean) / sqrt(variance + epsilon) scale + bias).
/// </summary>
/// <remarks>
/// In training the statistics are the batch's, with the biased variance; the running ones move by
/// running = (1 - momentum) running + momentum batch with the unbiased variance, as PyTorch's. Where the batch has one row in
/// all, n / (n - 1) has no value and the biased variance, 0, is taken. A frozen layer works in training as in prediction, on
/// the running statistics, and leaves them alone, as Keras's.
/// </remarks>
internal sealed class BatchNormLayer : Layer
{
    private static readonly ScalarExpression X = ScalarExpression.Of(0), A = ScalarExpression.Of(1), B = ScalarExpression.Of(2);

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        double momentum = context.Double("Momentum", 0.1), epsilon = context.Double("Epsilon", 1e-5);
        if (momentum is <= 0 or > 1) throw context.OutOfRange("Momentum", "more than 0 and at most 1", momentum);
        if (epsilon <= 0) throw context.OutOfRange("Epsilon", "more than 0", epsilon);
        if (x.Type.Rank == 0) throw context.WrongRank(x, "a tensor of at least one axis");
        context.Describe("momentum " + momentum.ToString("R", CultureInfo.InvariantCulture));
        context.Describe("epsilon " + epsilon.ToString("R", CultureInfo.InvariantCulture));

        int features = x.Type.Shape[x.Type.Rank - 1];
        Value scale = context.Parameter("scale", [features], ParameterRole.Trainable, "Ones", 1, 1);
        Value bias = context.Parameter("bias", [features], ParameterRole.Trainable, "Zeros", 1, 1);
        Value runningMean = context.Parameter("mean", [features], ParameterRole.State, "Zeros", 1, 1);
        Value runningVariance = context.Parameter("variance", [features], ParameterRole.State, "Ones", 1, 1);

        var (mean, variance) = context.Training && context.Trainable
            ? BatchStatistics(context, x, momentum, runningMean, runningVariance)
            : (runningMean, runningVariance);
        Value inverse = context.Graph.Map($"{context.Path}/inverse", 1 / new ScalarExpression.Unary(UnaryFunction.Sqrt, X + epsilon), variance);
        Value normalized = context.Graph.Map($"{context.Path}/normalized", (X - A) * B, x, mean, inverse);
        Value y = context.Graph.Map($"{context.Path}/scaled", (X * A) + B, normalized, scale, bias);
        context.Output = Activations.Apply(context, y);
    }

    /// <summary>Mean and biased variance over all rows of the batch, in two passes; moves the running statistics.</summary>
    private static (Value Mean, Value Variance) BatchStatistics(LayerContext context, Value x, double momentum, Value runningMean, Value runningVariance)
    {
        int[] axes = [.. Enumerable.Range(0, x.Type.Rank - 1)];
        int rows = x.Type.Elements / x.Type.Shape[x.Type.Rank - 1];
        ScalarExpression inverseRows = rows == 1 ? new ScalarExpression.InverseBatch() : new ScalarExpression.InverseBatch() * (1.0 / rows);

        Value sum = context.Graph.Sum($"{context.Path}/total", x, axes, overBatch: true);
        Value mean = context.Graph.Map($"{context.Path}/batchMean", X * inverseRows, sum);
        var squares = new Op.Reduce(Reduction.Sum, new(axes), OverBatch: true, KeepAxes: false, (X - A) * (X - A), x.Type);
        Value squaresSum = context.Graph.Add($"{context.Path}/squares", squares, x, mean);
        Value variance = context.Graph.Map($"{context.Path}/batchVariance", X * inverseRows, squaresSum);

        // n / (n - 1) = 1 / (1 - 1/n); with n = 1 the divisor is 1.
        var divisor = new ScalarExpression.SelectGreater(1, inverseRows, 1 - inverseRows, 1);
        context.UpdateState(runningMean, context.Graph.Map($"{context.Path}/nextMean", ((1 - momentum) * X) + (momentum * A), runningMean, mean));
        context.UpdateState(runningVariance, context.Graph.Map($"{context.Path}/nextVariance", ((1 - momentum) * X) + (momentum * A / divisor), runningVariance, variance));
        return (mean, variance);
    }
}
