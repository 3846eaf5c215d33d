namespace NetDsl.Generators.Shapes.Layers;

/// <summary>An activation as a layer of its own.</summary>
internal sealed class ActivationLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context) => context.Output = Activations.Apply(context, context.Input, "kind");
}
