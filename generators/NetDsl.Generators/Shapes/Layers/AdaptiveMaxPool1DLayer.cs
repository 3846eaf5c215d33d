using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The maximum of each part of a sequence, see <see cref="AdaptivePooling"/>.</summary>
internal sealed class AdaptiveMaxPool1DLayer : Layer
{
    public override void Build(LayerContext context) => context.Output = AdaptivePooling.OfSequence(context, window => new Op.MaxPool2D(window));
}
