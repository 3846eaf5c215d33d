using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The axes of a sample in another order.</summary>
internal sealed class PermuteLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        int[] axes = context.Ints("axes", minimum: 0);
        for (int i = 0; i < axes.Length; i++)
        {
            if (axes[i] >= x.Type.Rank) throw context.OutOfRange("axes", i, $"less than {Text(x.Type.Rank)}, the number of axes of {LayerContext.Show(x)}", axes[i]);
            if (Array.IndexOf(axes, axes[i]) < i) throw context.OutOfRange("axes", i, "an axis that is not there yet", axes[i]);
        }

        if (axes.Length != x.Type.Rank) throw context.OutOfRange("axes", $"all {Text(x.Type.Rank)} axes of {LayerContext.Show(x)}", LayerContext.Show(axes));
        context.Describe(string.Join(" ", axes.Select(Text)));
        bool same = axes.SequenceEqual(Enumerable.Range(0, axes.Length));
        context.Output = same ? x : context.Graph.Add($"{context.Path}/permuted", new Op.Transpose(new(axes)), x);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
