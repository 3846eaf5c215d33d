namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The sum of the current tensor and the named ones, element by element.</summary>
internal sealed class AddLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context) => context.Output = Merges.Fold(context, "sum", (a, b) => a + b);
}
