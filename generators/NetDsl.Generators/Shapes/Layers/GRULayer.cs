using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>Gated recurrent unit (Cho et al. 2014), reset after the product, see <see cref="Op.Recurrence"/>.</summary>
internal sealed class GRULayer : Layer
{
    public override Masking Masking => Masking.Heeds;

    public override void Build(LayerContext context) => context.Output = Recurrences.Build(context, Cell.GRU);
}
