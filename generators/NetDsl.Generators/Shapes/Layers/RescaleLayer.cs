using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = scale x + offset, with fixed numbers (Keras's Rescaling).</summary>
internal sealed class RescaleLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        double scale = context.Double("scale"), offset = context.Double("offset");
        if (scale == 0) throw context.OutOfRange("scale", "other than 0", scale);
        if (context.ColumnOf(x) is { } column) context.MarkRescaled(column);
        context.Describe(Text(scale) + " x" + (offset == 0 ? "" : offset > 0 ? " + " + Text(offset) : " - " + Text(-offset)));
        context.Output = context.Graph.Map($"{context.Path}/rescaled", (scale * ScalarExpression.Of(0)) + offset, x);
    }

    /// <summary>The column that <paramref name="value"/> is, directly or rescaled, with the rescaling.</summary>
    public static (string Column, double Scale, double Offset)? Read(LayerContext context, Value value)
    {
        if (context.ColumnOf(value) is { } direct) return (direct, 1, 0);
        Node node = context.Graph.ProducerOf(value);
        return node.Origin.Kind == "Rescale"
            && context.ColumnOf(node.Inputs[0]) is { } column
            && node.Op is Op.Map
            {
                Expression: ScalarExpression.Binary
                {
                    Left: ScalarExpression.Binary { Left: ScalarExpression.Constant scale },
                    Right: ScalarExpression.Constant offset,
                },
            }
            ? (column, scale.Value, offset.Value)
            : null;
    }

    private static string Text(double number) => number.ToString("G6", CultureInfo.InvariantCulture);
}
