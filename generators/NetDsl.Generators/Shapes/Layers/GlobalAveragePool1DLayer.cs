using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The mean of each feature over all steps: one window.</summary>
internal sealed class GlobalAveragePool1DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value row = Sequences.AsImage(context, context.Input);
        Value y = context.Graph.Add($"{context.Path}/average", new Op.AveragePool2D(WindowArguments.WholeImage(context, row)), row);
        context.Output = context.Graph.Reshape($"{context.Path}/features", y, row.Type.Shape[2]);
    }
}
