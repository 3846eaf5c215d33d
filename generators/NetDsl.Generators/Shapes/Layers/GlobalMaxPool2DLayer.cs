using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>
/// The maximum of each channel over the whole image: one window, whose result loses its two axes of extent 1. A reduction
/// would share the gradient among equal maxima; a window gives it to the first, as PyTorch does.
/// </summary>
internal sealed class GlobalMaxPool2DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        Value maximum = context.Graph.Add($"{context.Path}/maximum", new Op.MaxPool2D(WindowArguments.WholeImage(context, x)), x);
        context.Output = context.Graph.Reshape($"{context.Path}/channels", maximum, x.Type.Shape[2]);
    }
}
