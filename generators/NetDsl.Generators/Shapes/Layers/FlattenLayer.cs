using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>All elements of a sample as one vector, in row-major order; a vector stays as it is.</summary>
internal sealed class FlattenLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        context.Output = x.Type.Rank == 1 ? x : context.Graph.Reshape($"{context.Path}/flat", x, x.Type.Elements);
    }
}
