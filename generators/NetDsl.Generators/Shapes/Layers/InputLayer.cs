namespace NetDsl.Generators.Shapes.Layers;

/// <summary>Starts a chain: a column of features with the given shape per sample.</summary>
internal sealed class InputLayer : Layer, IInputLayer
{
    public override void Build(LayerContext context) =>
        context.Output = context.DeclareInput(context.String("Name"), context.Ints("shape"));
}
