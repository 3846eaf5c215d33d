using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The maximum of each feature over all steps: one window.</summary>
internal sealed class GlobalMaxPool1DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value row = Sequences.AsImage(context, context.Input);
        Value y = context.Graph.Add($"{context.Path}/maximum", new Op.MaxPool2D(WindowArguments.WholeImage(context, row)), row);
        context.Output = context.Graph.Reshape($"{context.Path}/features", y, row.Type.Shape[2]);
    }
}
