using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The mean of each part of an image, see <see cref="AdaptivePooling"/>.</summary>
internal sealed class AdaptiveAveragePool2DLayer : Layer
{
    public override void Build(LayerContext context) => context.Output = AdaptivePooling.OfImage(context, window => new Op.AveragePool2D(window));
}
