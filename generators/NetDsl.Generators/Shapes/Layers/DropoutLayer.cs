using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>
/// Inverted dropout (Srivastava et al. 2014): in training an element is 0 where a uniform number is less than the rate, and
/// is divided by 1 - rate elsewhere; in prediction it passes.
/// </summary>
internal sealed class DropoutLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        double rate = context.Double("rate");
        if (rate is < 0 or >= 1) throw context.OutOfRange("rate", "0 or more and less than 1", rate);
        context.Describe(rate.ToString("R", CultureInfo.InvariantCulture));
        if (!context.Training || rate == 0)
        {
            context.Output = x;
            return;
        }

        var uniform = new ScalarExpression.Uniform(context.RandomStream);
        context.Output = context.Graph.Map(
            $"{context.Path}/dropped",
            new ScalarExpression.SelectGreater(rate, uniform, 0, ScalarExpression.Of(0) * (1 / (1 - rate))),
            x);
    }
}
