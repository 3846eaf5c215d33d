using System.Globalization;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The same elements in row-major order under another shape; one extent of -1 is worked out.</summary>
internal sealed class ReshapeLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        int[] shape = context.Ints("shape", minimum: int.MinValue);
        int free = -1;
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] is 0 or < -1) throw context.OutOfRange("shape", i, "positive or -1", shape[i]);
            if (shape[i] > 0) continue;
            if (free >= 0) throw context.OutOfRange("shape", i, $"positive, since shape[{free.ToString(CultureInfo.InvariantCulture)}] is -1 already", -1);
            free = i;
        }

        long given = Extents.Product(shape.Where(extent => extent > 0));
        int elements = x.Type.Elements;
        if (free < 0 ? given != elements : elements % given != 0)
        {
            string number = given.ToString(CultureInfo.InvariantCulture);
            throw context.ErrorAbout(
                x,
                DiagnosticIds.ReshapeMismatch,
                context.Source.At("shape"),
                context.Path,
                LayerContext.Show(x),
                context.NameOf(x),
                elements.ToString(CultureInfo.InvariantCulture),
                LayerContext.Show(shape),
                free < 0 ? number : "a multiple of " + number);
        }

        if (free >= 0) shape[free] = (int)(elements / given);
        context.Output = x.Type.Shape.SequenceEqual(shape) ? x : context.Graph.Reshape($"{context.Path}/reshaped", x, shape);
    }
}
