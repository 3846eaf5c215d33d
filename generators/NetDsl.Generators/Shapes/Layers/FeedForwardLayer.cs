using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = activation(x W + b) W' + b' on the last axis, whose extent is kept.</summary>
internal sealed class FeedForwardLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        if (x.Type.Rank == 0) throw context.WrongRank(x, "a tensor of at least one axis");
        int units = context.Int("units"), width = x.Type.Shape[x.Type.Rank - 1];
        LinearPart linear = new(context);
        context.Describe(units.ToString(CultureInfo.InvariantCulture));
        Value between = Activations.Apply(context, linear.Of(x, "up", units), otherwise: "GELU");
        linear.Describe();
        context.Output = linear.Of(between, "down", width);
    }
}
