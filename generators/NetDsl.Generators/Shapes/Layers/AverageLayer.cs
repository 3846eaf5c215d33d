namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The mean of the current tensor and the named ones, element by element.</summary>
internal sealed class AverageLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context) => context.Output = Merges.Fold(context, "average", (a, b) => a + b, count => 1.0 / count);
}
