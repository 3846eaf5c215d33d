using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>
/// Pooling over a given number of parts: part i of n of an extent h goes from floor(i h / n) to ceil((i + 1) h / n), as PyTorch cuts. Parts of one size at one distance are an ordinary
/// pooling. Others are pooled by themselves, first bands of rows, then in those bands of columns: a mean of means of parts of one size is their mean.
/// </summary>
internal static class AdaptivePooling
{
    /// <summary>Along the steps of a sequence.</summary>
    public static Value OfSequence(LayerContext context, Func<Window, Op> pool)
    {
        Value x = context.Input;
        Sequences.Require(context, x);
        int steps = Parts(context, "size", x, 0);
        context.Describe(steps.ToString(CultureInfo.InvariantCulture));
        return steps == x.Type.Shape[0] ? x : Sequences.FromImage(context, Along(context, pool, Sequences.AsImage(context, x), 1, steps));
    }

    /// <summary>Along the rows and the columns of an image.</summary>
    public static Value OfImage(LayerContext context, Func<Window, Op> pool)
    {
        Value x = context.Input;
        Images.Require(context, x);
        string first = context.Has("size") ? "size" : "rows", second = context.Has("size") ? "size" : "columns";
        int rows = Parts(context, first, x, 0), columns = Parts(context, second, x, 1);
        context.Describe(string.Format(CultureInfo.InvariantCulture, "{0}x{1}", rows, columns));
        return Along(context, pool, Along(context, pool, x, 0, rows), 1, columns);
    }

    private static int Parts(LayerContext context, string parameter, Value x, int axis)
    {
        int parts = context.Int(parameter);
        return parts <= x.Type.Shape[axis]
            ? parts
            : throw context.OutOfRange(parameter, $"at most {x.Type.Shape[axis].ToString(CultureInfo.InvariantCulture)}, the extent of axis {axis.ToString(CultureInfo.InvariantCulture)} of {LayerContext.Show(x)}", parts);
    }

    private static Value Along(LayerContext context, Func<Window, Op> pool, Value x, int axis, int parts)
    {
        int extent = x.Type.Shape[axis];
        if (parts == extent) return x;
        (int Start, int Length)[] cuts = [.. Enumerable.Range(0, parts).Select(i => Cut(extent, parts, i))];
        int step = parts == 1 ? cuts[0].Length : cuts[1].Start, length = cuts[0].Length;
        if (cuts.Select((cut, i) => cut == (i * step, length)).All(same => same)) return Pooled(x, length, step);
        Value[] bands = [.. cuts.Select(cut => Pooled(context.Graph.Add($"{context.Path}/band", new Op.Slice(axis, cut.Start, cut.Length), x), cut.Length, 1))];
        return context.Graph.Add($"{context.Path}/bands", new Op.Concat(axis), bands);

        Value Pooled(Value part, int kernel, int stride) => context.Graph.Add(
            $"{context.Path}/pooled",
            pool(axis == 0 ? new Window(kernel, 1, stride, 1, 1, 1, 0, 0, 0, 0) : new Window(1, kernel, 1, stride, 1, 1, 0, 0, 0, 0)),
            part);
    }

    private static (int Start, int Length) Cut(int extent, int parts, int i)
    {
        int start = (int)((long)i * extent / parts);
        return (start, (int)((((long)(i + 1) * extent) + parts - 1) / parts) - start);
    }
}
