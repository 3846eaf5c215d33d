using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The current tensor and the named ones joined along one axis.</summary>
internal sealed class ConcatLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value[] operands = Merges.Operands(context);
        int rank = operands[0].Type.Rank;
        if (rank == 0) throw context.WrongRank(operands[0], "a tensor of at least one axis");
        int axis = context.Int("Axis", -1, minimum: int.MinValue);
        if (axis < -rank || axis >= rank) throw context.OutOfRange("Axis", $"from {Text(-rank)} to {Text(rank - 1)}", axis);
        if (axis < 0) axis += rank;
        context.Describe($"axis {Text(axis)}");
        for (int i = 1; i < operands.Length; i++)
        {
            if (!Joins(operands[0], operands[i], axis)) throw Merges.Mismatch(context, operands, i);
        }

        context.Output = context.Graph.Add($"{context.Path}/joined", new Op.Concat(axis), operands);
    }

    private static bool Joins(Value a, Value b, int axis) =>
        a.Type.Rank == b.Type.Rank
        && Enumerable.Range(0, a.Type.Rank).All(i => i == axis || a.Type.Shape[i] == b.Type.Shape[i]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
