using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The current tensor minus the named one, element by element.</summary>
internal sealed class SubtractLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context) =>
        context.Output = context.Graph.Map($"{context.Path}/difference", ScalarExpression.Of(0) - ScalarExpression.Of(1), Merges.Pair(context));
}
