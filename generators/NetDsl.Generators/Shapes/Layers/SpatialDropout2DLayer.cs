using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>Inverted dropout of whole channels (Tompson et al. 2015): one number for each channel of a sample.</summary>
internal sealed class SpatialDropout2DLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        Images.Require(context, x);
        double rate = context.Double("rate");
        if (rate is < 0 or >= 1) throw context.OutOfRange("rate", "0 or more and less than 1", rate);
        context.Describe(rate.ToString("R", CultureInfo.InvariantCulture));
        if (!context.Training || rate == 0)
        {
            context.Output = x;
            return;
        }

        var uniform = new ScalarExpression.Uniform(context.RandomStream);
        var channels = TensorType.Batch(1, 1, x.Type.Shape[2]);
        Value mask = context.Graph.Add($"{context.Path}/mask", new Op.Map(new ScalarExpression.SelectGreater(rate, uniform, 0, 1 / (1 - rate)), channels));
        context.Output = context.Graph.Map($"{context.Path}/dropped", ScalarExpression.Of(0) * ScalarExpression.Of(1), x, mask);
    }
}
