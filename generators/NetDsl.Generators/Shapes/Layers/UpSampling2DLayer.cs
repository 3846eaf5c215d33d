using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>
/// Nearest neighbour: y[i, j, c] = x[i / size, j / size, c]. As (h, 1, w, 1, c) the image is broadcast to (h, size, w, size, c), so that the
/// gradient is the sum over each pixel's copies.
/// </summary>
internal sealed class UpSampling2DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        Images.Require(context, x);
        int size = context.Int("size"), height = x.Type.Shape[0], width = x.Type.Shape[1], channels = x.Type.Shape[2];
        context.Describe($"{size.ToString(CultureInfo.InvariantCulture)}x{size.ToString(CultureInfo.InvariantCulture)}");
        if (size == 1)
        {
            context.Output = x;
            return;
        }

        if (Extents.TooLarge([height, size, width, size, channels])) throw context.OutOfRange("size", "less, since the result would be too large", size);
        Value pixels = context.Graph.Reshape($"{context.Path}/pixels", x, height, 1, width, 1, channels);
        var type = x.Type with { Shape = new([height, size, width, size, channels]) };
        Value copies = context.Graph.Add($"{context.Path}/copies", new Op.Map(ScalarExpression.Of(0), type), pixels);
        context.Output = context.Graph.Reshape($"{context.Path}/image", copies, height * size, width * size, channels);
    }
}
