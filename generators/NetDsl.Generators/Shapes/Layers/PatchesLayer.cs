using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>An image as a sequence of its patches: the same elements, those of a patch side by side.</summary>
internal sealed class PatchesLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        Images.Require(context, x);
        int size = context.Int("size"), height = x.Type.Shape[0], width = x.Type.Shape[1], channels = x.Type.Shape[2];
        if (height % size != 0 || width % size != 0)
            throw context.OutOfRange("size", $"a divisor of both extents of {LayerContext.Show(x)}", size);
        int rows = height / size, columns = width / size;
        context.Describe(string.Format(CultureInfo.InvariantCulture, "{0}x{0}", size));
        Value cut = context.Graph.Reshape($"{context.Path}/cut", x, rows, size, columns, size, channels);
        Value beside = context.Graph.Add($"{context.Path}/beside", new Op.Transpose(new([0, 2, 1, 3, 4])), cut);
        context.Output = context.Graph.Reshape($"{context.Path}/patches", beside, rows * columns, size * size * channels);
    }
}
