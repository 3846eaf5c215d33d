using System.Globalization;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>Neighbouring elements of one axis.</summary>
internal sealed class SliceLayer : Layer
{
    public override Masking Masking => Masking.Heeds;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        int axis = AxisArgument.Read(context, x), extent = x.Type.Shape[axis];
        int start = context.Int("start", 0, minimum: int.MinValue), length = context.Int("length");
        if (start < -extent || start >= extent) throw context.OutOfRange("start", $"from {Text(-extent)} to {Text(extent - 1)}", start);
        if (start < 0) start += extent;
        if (length > extent - start) throw context.OutOfRange("length", $"at most {Text(extent - start)}, since axis {Text(axis)} of {LayerContext.Show(x)} has {Text(extent)} elements and {Text(start)} are before the first", length);
        context.Describe($"{Text(start)} to {Text(start + length - 1)}");
        Value part = length == extent ? x : context.Graph.Add($"{context.Path}/part", new Op.Slice(axis, start, length), x);
        context.Output = part;
        if (ReferenceEquals(part, x) || context.MaskOf(x) is not { } mask) return;
        if (axis > 0)
        {
            context.PassMask(part);
            return;
        }

        // A single place was chosen knowing what is there.
        if (length == 1) return;
        Value places = context.Graph.Add($"{context.Path}/mask", new Op.Slice(0, start, length), mask.Value);
        context.SetMask(part, new Mask(places, mask.Padding.Select(padding => padding with { Offset = padding.Offset + start }).ToEquatableArray()));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
