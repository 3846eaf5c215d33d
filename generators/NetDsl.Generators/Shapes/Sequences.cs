using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes;

/// <summary>Sequences (time, features) as images of one row: what works along time is the two-dimensional op.</summary>
internal static class Sequences
{
    /// <summary>The current tensor as an image (1, time, features).</summary>
    public static Value AsImage(LayerContext context, Value x)
    {
        Require(context, x);
        return context.Graph.Reshape($"{context.Path}/row", x, 1, x.Type.Shape[0], x.Type.Shape[1]);
    }

    /// <summary>An image (1, time, features) as a sequence.</summary>
    public static Value FromImage(LayerContext context, Value y) => Extents.TooLarge(y.Type.Shape)
        ? throw context.Error(DiagnosticIds.TooLarge, context.Source, $"{context.Path} {LayerContext.Show(y.Type.Shape.Skip(1))}", Extents.Product(y.Type.Shape).ToString(System.Globalization.CultureInfo.InvariantCulture))
        : context.Graph.Reshape($"{context.Path}/steps", y, y.Type.Shape[1], y.Type.Shape[2]);

    /// <summary>A number for each step beside the features of the step: (time, 1).</summary>
    public static Value Column(LayerContext context, Value numbers) =>
        context.Graph.Reshape($"{context.Path}/column", numbers, numbers.Type.Shape[0], 1);

    /// <summary>The error of a layer that works on sequences alone.</summary>
    public static void Require(LayerContext context, Value x)
    {
        if (x.Type.Rank != 2) throw context.WrongRank(x, "a sequence (time, features)");
    }
}
