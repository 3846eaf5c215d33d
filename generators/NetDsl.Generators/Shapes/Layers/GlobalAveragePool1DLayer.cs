using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The mean of each feature over all steps: one window. Over those steps alone that are no padding, and 0 where there is none.</summary>
internal sealed class GlobalAveragePool1DLayer : Layer
{
    public override Masking Masking => Masking.Heeds;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        if (context.MaskOf(x) is { } mask)
        {
            Sequences.Require(context, x);
            Value real = context.Graph.Map($"{context.Path}/real", ScalarExpression.Of(0) * ScalarExpression.Of(1), x, Sequences.Column(context, mask.Value));
            Value sum = context.Graph.Sum($"{context.Path}/sum", real, [0], overBatch: false), count = context.Graph.Sum($"{context.Path}/count", mask.Value, [0], overBatch: false);
            ScalarExpression mean = ScalarExpression.Of(0) / new ScalarExpression.Binary(BinaryFunction.Max, ScalarExpression.Of(1), 1);
            context.Output = context.Graph.Map($"{context.Path}/average", mean, sum, count);
            return;
        }

        Value row = Sequences.AsImage(context, x);
        Value y = context.Graph.Add($"{context.Path}/average", new Op.AveragePool2D(WindowArguments.WholeImage(context, row)), row);
        context.Output = context.Graph.Reshape($"{context.Path}/features", y, row.Type.Shape[2]);
    }
}
