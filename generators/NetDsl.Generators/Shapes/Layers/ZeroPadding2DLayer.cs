using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>Rows and columns of zeros around an image.</summary>
internal sealed class ZeroPadding2DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        Images.Require(context, x);
        var (top, bottom, left, right) = BorderArguments.Read(context);
        Value y = x;
        if (top + bottom > 0) y = context.Graph.Add($"{context.Path}/rows", new Op.Pad(0, top, bottom), y);
        if (left + right > 0) y = context.Graph.Add($"{context.Path}/columns", new Op.Pad(1, left, right), y);
        context.Output = y;
    }
}
