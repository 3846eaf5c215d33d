using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The least of the current tensor and the named ones, element by element; among equals the later one gets the gradient.</summary>
internal sealed class MinimumLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context) =>
        context.Output = Merges.Fold(context, "minimum", (a, b) => new ScalarExpression.Binary(BinaryFunction.Min, a, b));
}
