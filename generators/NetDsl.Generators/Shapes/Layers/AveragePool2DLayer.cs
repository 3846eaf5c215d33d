using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The mean of each window without its padding, channel by channel.</summary>
internal sealed class AveragePool2DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        Window window = WindowArguments.Read(context, x, "size", "size", pooling: true);
        context.Output = context.Graph.Add($"{context.Path}/average", new Op.AveragePool2D(window), x);
    }
}
