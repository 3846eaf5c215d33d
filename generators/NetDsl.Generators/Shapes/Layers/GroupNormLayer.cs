using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>
/// Group normalisation (Wu and He 2018): (..., c) is seen as (places, groups, c / groups), and
/// y = activation((x - mean) / sqrt(variance + epsilon) scale + bias) with mean and biased variance over places and a group's channels.
/// </summary>
internal sealed class GroupNormLayer : Layer
{
    private static readonly ScalarExpression X = ScalarExpression.Of(0), A = ScalarExpression.Of(1), B = ScalarExpression.Of(2), C = ScalarExpression.Of(3);

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        int groups = context.Int("groups");
        double epsilon = context.Double("Epsilon", 1e-5);
        if (epsilon <= 0) throw context.OutOfRange("Epsilon", "more than 0", epsilon);
        if (x.Type.Rank == 0) throw context.WrongRank(x, "a tensor of at least one axis");
        int channels = x.Type.Shape[x.Type.Rank - 1], width = channels / groups;
        if (width * groups != channels) throw context.OutOfRange("groups", $"a divisor of the {channels.ToString(CultureInfo.InvariantCulture)} channels", groups);
        context.Describe($"{groups.ToString(CultureInfo.InvariantCulture)} groups");
        context.Describe("epsilon " + epsilon.ToString("R", CultureInfo.InvariantCulture));

        Value scale = Grouped(context, context.Parameter("scale", [channels], ParameterRole.Trainable, "Ones", 1, 1), groups, width);
        Value bias = Grouped(context, context.Parameter("bias", [channels], ParameterRole.Trainable, "Zeros", 1, 1), groups, width);
        Value grouped = context.Graph.Reshape($"{context.Path}/groups", x, x.Type.Elements / channels, groups, width);
        Value mean = Mean(context, "mean", X, grouped);
        Value centered = context.Graph.Map($"{context.Path}/centered", X - A, grouped, mean);
        Value variance = Mean(context, "variance", X * X, centered);
        Value inverse = context.Graph.Map($"{context.Path}/inverse", 1 / new ScalarExpression.Unary(UnaryFunction.Sqrt, X + epsilon), variance);
        Value y = context.Graph.Map($"{context.Path}/scaled", (X * A * B) + C, centered, inverse, scale, bias);
        context.Output = Activations.Apply(context, context.Graph.Reshape($"{context.Path}/normalized", y, [.. x.Type.Shape]));
    }

    private static Value Grouped(LayerContext context, Value parameter, int groups, int width) =>
        context.Graph.Reshape($"{parameter.Label}/groups", parameter, groups, width);

    /// <summary>The mean over places and a group's channels, which stay with extent 1.</summary>
    private static Value Mean(LayerContext context, string name, ScalarExpression term, Value x)
    {
        double share = 1.0 / (x.Type.Shape[0] * x.Type.Shape[2]);
        var reduce = new Op.Reduce(Reduction.Sum, new([0, 2]), OverBatch: false, KeepAxes: true, Simplifier.Simplify(term * share), x.Type);
        return context.Graph.Add($"{context.Path}/{name}", reduce, x);
    }
}
