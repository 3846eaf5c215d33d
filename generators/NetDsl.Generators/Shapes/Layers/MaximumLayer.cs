using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The greatest of the current tensor and the named ones, element by element; among equals the later one gets the gradient.</summary>
internal sealed class MaximumLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context) =>
        context.Output = Merges.Fold(context, "maximum", (a, b) => new ScalarExpression.Binary(BinaryFunction.Max, a, b));
}
