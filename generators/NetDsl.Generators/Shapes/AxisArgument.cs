using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes;

/// <summary>Reads the <c>Axis</c> of a layer.</summary>
internal static class AxisArgument
{
    /// <summary>The axis of the sample, from 0; negative ones count from the end, and the last is the default.</summary>
    public static int Read(LayerContext context, Value x)
    {
        int rank = x.Type.Rank;
        if (rank == 0) throw context.WrongRank(x, "a tensor of at least one axis");
        int axis = context.Int("Axis", -1, minimum: int.MinValue);
        if (axis < -rank || axis >= rank) throw context.OutOfRange("Axis", $"from {Text(-rank)} to {Text(rank - 1)}", axis);
        if (axis < 0) axis += rank;
        context.Describe($"axis {Text(axis)}");
        return axis;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
