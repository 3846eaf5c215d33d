using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The mean of each part of a sequence, see <see cref="AdaptivePooling"/>.</summary>
internal sealed class AdaptiveAveragePool1DLayer : Layer
{
    public override void Build(LayerContext context) => context.Output = AdaptivePooling.OfSequence(context, window => new Op.AveragePool2D(window));
}
