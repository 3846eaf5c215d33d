using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = x + deviation n in training, n of the standard normal distribution; in prediction y = x.</summary>
internal sealed class GaussianNoiseLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        double deviation = context.Double("deviation");
        if (deviation < 0) throw context.OutOfRange("deviation", "0 or more", deviation);
        context.Describe(deviation.ToString("R", CultureInfo.InvariantCulture));
        context.Output = context.Training && deviation > 0
            ? context.Graph.Map($"{context.Path}/noisy", ScalarExpression.Of(0) + (deviation * new ScalarExpression.Normal(context.RandomStream)), x)
            : x;
    }
}
