using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The maximum of each feature over all steps: one window. Over those steps alone that are no padding, and 0 where there is none.</summary>
internal sealed class GlobalMaxPool1DLayer : Layer
{
    public override Masking Masking => Masking.Heeds;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        Mask? mask = context.MaskOf(x);
        if (mask is not null)
        {
            // Padding is less than anything else.
            Sequences.Require(context, x);
            ScalarExpression unlessPadding = new ScalarExpression.SelectGreater(ScalarExpression.Of(1), 0, ScalarExpression.Of(0), (double)float.MinValue);
            x = context.Graph.Map($"{context.Path}/real", unlessPadding, x, Sequences.Column(context, mask.Value));
        }

        Value row = Sequences.AsImage(context, x);
        Value y = context.Graph.Add($"{context.Path}/maximum", new Op.MaxPool2D(WindowArguments.WholeImage(context, row)), row);
        y = context.Graph.Reshape($"{context.Path}/features", y, row.Type.Shape[2]);
        if (mask is not null)
        {
            Value count = context.Graph.Sum($"{context.Path}/count", mask.Value, [0], overBatch: false);
            y = context.Graph.Map($"{context.Path}/features", new ScalarExpression.SelectGreater(ScalarExpression.Of(1), 0, ScalarExpression.Of(0), 0), y, count);
        }

        context.Output = y;
    }
}
