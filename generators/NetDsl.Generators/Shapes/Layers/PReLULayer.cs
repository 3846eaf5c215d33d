using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = x > 0 ? x : slope x, a learned slope per element of the last axis (He et al. 2015).</summary>
internal sealed class PReLULayer : Layer
{
    // PyTorch's.
    private const double InitialSlope = 0.25;

    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        if (x.Type.Rank == 0) throw context.WrongRank(x, "a tensor of at least one axis");
        Value slope = context.Parameter("slope", [x.Type.Shape[x.Type.Rank - 1]], ParameterRole.Trainable, "Constant", 1, 1, InitialSlope);
        ScalarExpression a = ScalarExpression.Of(0), b = ScalarExpression.Of(1);
        context.Output = context.Graph.Map($"{context.Path}/rectified", new ScalarExpression.SelectGreater(a, 0, a, a * b), x, slope);
    }
}
