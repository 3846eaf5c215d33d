using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>Masks: a part of a tensor's type that layers pass on along the chain.</summary>
internal sealed partial class NetworkBuilder
{
    private readonly Dictionary<Value, Mask> _masks = [];

    /// <summary>The mask of <paramref name="value"/>, or <see langword="null"/> where there is something at every place.</summary>
    public Mask? MaskOf(Value value) => _masks.TryGetValue(value, out Mask? mask) ? mask : null;

    public void SetMask(Value value, Mask? mask)
    {
        if (mask is not null) _masks[value] = mask;
    }

    /// <summary>Where all of <paramref name="values"/> have something.</summary>
    public Mask? CommonMask(string path, IEnumerable<Value> values)
    {
        Mask? common = null;
        foreach (Mask mask in values.Select(MaskOf).OfType<Mask>())
        {
            if (common is null || ReferenceEquals(common.Value, mask.Value)) common = mask;
            else
            {
                Value both = Graph.Map($"{path}/mask", ScalarExpression.Of(0) * ScalarExpression.Of(1), common.Value, mask.Value);
                common = new Mask(both, common.Padding.Concat(mask.Padding).Distinct().ToEquatableArray());
            }
        }

        return common;
    }

    private void PassMask(Layer rule, LayerContext context, Value output)
    {
        if (rule.Masking == Masking.Passes) SetMask(output, CommonMask(context.Path, context.Read));
        else if (rule.Masking == Masking.Drops) context.WarnOfDroppedMask();
    }
}
