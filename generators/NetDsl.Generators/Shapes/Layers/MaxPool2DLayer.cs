using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The maximum of each window, channel by channel.</summary>
internal sealed class MaxPool2DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        Window window = WindowArguments.Read(context, x, "size", "size", pooling: true);
        context.Output = context.Graph.Add($"{context.Path}/maximum", new Op.MaxPool2D(window), x);
    }
}
