using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>Rows and columns cut from the border of an image.</summary>
internal sealed class Cropping2DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        Images.Require(context, x);
        var (top, bottom, left, right) = BorderArguments.Read(context);
        int height = x.Type.Shape[0] - top - bottom, width = x.Type.Shape[1] - left - right;
        if (height < 1 || width < 1)
        {
            string side = context.Has("border") ? "border" : height < 1 ? "top" : "left";
            throw context.OutOfRange(side, $"less, since nothing is left of {LayerContext.Show(x)}", context.Int(side, 0, minimum: 0));
        }

        Value y = x;
        if (top + bottom > 0) y = context.Graph.Add($"{context.Path}/rows", new Op.Slice(0, top, height), y);
        if (left + right > 0) y = context.Graph.Add($"{context.Path}/columns", new Op.Slice(1, left, width), y);
        context.Output = y;
    }
}
