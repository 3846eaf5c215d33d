using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000), see <see cref="Op.Recurrence"/>.</summary>
internal sealed class LSTMLayer : Layer
{
    public override Masking Masking => Masking.Heeds;

    public override void Build(LayerContext context) => context.Output = Recurrences.Build(context, Cell.LSTM);
}
