using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y[t] = tanh(x[t] W + y[t - 1] U + b) (Elman 1990).</summary>
internal sealed class SimpleRNNLayer : Layer
{
    public override Masking Masking => Masking.Heeds;

    public override void Build(LayerContext context) => context.Output = Recurrences.Build(context, Cell.Simple);
}
