namespace NetDsl.Generators.Shapes.Layers;

/// <summary>Exposes the current tensor under a name; the chain goes on from it.</summary>
internal sealed class OutputLayer : Layer
{
    public override void Build(LayerContext context) =>
        context.DeclareOutput(context.String("name") ?? "", context.Input);
}
