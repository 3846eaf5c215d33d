using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The current tensor and the named ones joined along one axis.</summary>
internal sealed class ConcatLayer : Layer
{
    public override Masking Masking => Masking.Heeds;

    public override void Build(LayerContext context)
    {
        Value[] operands = Merges.Operands(context);
        int axis = AxisArgument.Read(context, operands[0]);
        for (int i = 1; i < operands.Length; i++)
        {
            if (!Joins(operands[0], operands[i], axis)) throw Merges.Mismatch(context, operands[0], operands[i], context.Source.At("names", i - 1));
        }

        Value joined = context.Graph.Add($"{context.Path}/joined", new Op.Concat(axis), operands);
        context.Output = joined;

        // One after the other they are another sequence.
        if (axis > 0) context.PassMask(joined);
        else context.WarnOfDroppedMask();
    }

    private static bool Joins(Value a, Value b, int axis) =>
        a.Type.Rank == b.Type.Rank
        && Enumerable.Range(0, a.Type.Rank).All(i => i == axis || a.Type.Shape[i] == b.Type.Shape[i]);
}
