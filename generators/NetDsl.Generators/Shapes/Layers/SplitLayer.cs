using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>Parts of one axis, each with a name; the first becomes current.</summary>
internal sealed class SplitLayer : Layer
{
    public override Masking Masking => Masking.Heeds;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        int axis = AxisArgument.Read(context, x), extent = x.Type.Shape[axis];
        string[] names = context.Strings("names");
        if (names.Length < 2) throw context.OutOfRange("names", "at least two names", names.Length == 0 ? "empty" : $"\"{names[0]}\"");
        int[] sizes = Sizes(context, x, axis, names.Length);
        if (axis == 0) context.WarnOfDroppedMask();
        Value? first = null;
        for (int i = 0, start = 0; i < names.Length; start += sizes[i], i++)
        {
            Value part = context.Graph.Add($"{context.Path}/{names[i]}", new Op.Slice(axis, start, sizes[i]), x);
            context.DeclarePart(names[i], i, part);
            if (axis > 0) context.PassMask(part);
            first ??= part;
        }

        context.Describe(string.Join(" ", names.Select((name, i) => $"\"{name}\" {Text(sizes[i])}")));
        context.Output = first;
    }

    private static int[] Sizes(LayerContext context, Value x, int axis, int parts)
    {
        int extent = x.Type.Shape[axis];
        string whole = $"axis {Text(axis)} of {LayerContext.Show(x)} has {Text(extent)} elements";
        if (!context.Has("Sizes"))
        {
            if (extent % parts != 0) throw context.OutOfRange("names", $"a divisor of {Text(extent)} in number, since {whole}; Sizes allows others", parts);
            return [.. Enumerable.Repeat(extent / parts, parts)];
        }

        int[] sizes = context.Ints("Sizes");
        if (sizes.Length != parts) throw context.OutOfRange("Sizes", $"{Text(parts)} numbers, one for each name", sizes.Length);
        long sum = sizes.Sum(size => (long)size);
        return sum == extent ? sizes : throw context.OutOfRange("Sizes", $"{Text(extent)} together, since {whole}", sum);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
