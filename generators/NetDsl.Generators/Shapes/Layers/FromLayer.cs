namespace NetDsl.Generators.Shapes.Layers;

/// <summary>Makes a named tensor current.</summary>
internal sealed class FromLayer : Layer
{
    public override void Build(LayerContext context) =>
        context.SwitchTo(context.Resolve(context.String("name") ?? "", context.Source.At("name"), read: false));
}
