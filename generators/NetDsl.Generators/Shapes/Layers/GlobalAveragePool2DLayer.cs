using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The mean of each channel over the whole image: one window, whose result loses its two axes of extent 1.</summary>
internal sealed class GlobalAveragePool2DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        Value mean = context.Graph.Add($"{context.Path}/average", new Op.AveragePool2D(WindowArguments.WholeImage(context, x)), x);
        context.Output = context.Graph.Reshape($"{context.Path}/channels", mean, x.Type.Shape[2]);
    }
}
