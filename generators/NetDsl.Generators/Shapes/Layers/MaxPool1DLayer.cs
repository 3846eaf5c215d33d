using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The maximum of each window of neighbouring steps, feature by feature.</summary>
internal sealed class MaxPool1DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        Window window = WindowArguments.ReadSequence(context, x, "size", pooling: true);
        Value y = context.Graph.Add($"{context.Path}/maximum", new Op.MaxPool2D(window), Sequences.AsImage(context, x));
        context.Output = Sequences.FromImage(context, y);
    }
}
