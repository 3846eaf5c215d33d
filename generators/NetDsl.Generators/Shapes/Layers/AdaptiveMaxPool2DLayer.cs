using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The maximum of each part of an image, see <see cref="AdaptivePooling"/>.</summary>
internal sealed class AdaptiveMaxPool2DLayer : Layer
{
    public override void Build(LayerContext context) => context.Output = AdaptivePooling.OfImage(context, window => new Op.MaxPool2D(window));
}
