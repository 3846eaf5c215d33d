using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>a gate(b), the halves of the last axis (Dauphin et al. 2016).</summary>
internal sealed class GLULayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        if (x.Type.Rank == 0 || x.Type.Shape[x.Type.Rank - 1] % 2 != 0) throw context.WrongRank(x, "a tensor whose last axis is even");
        int axis = x.Type.Rank - 1, half = x.Type.Shape[axis] / 2;
        Value a = context.Graph.Add($"{context.Path}/value", new Op.Slice(axis, 0, half), x);
        Value b = context.Graph.Add($"{context.Path}/gate", new Op.Slice(axis, half, half), x);
        b = Activations.Apply(context, b, "gate", "Sigmoid");
        context.Describe($"{half.ToString(CultureInfo.InvariantCulture)} of {(2 * half).ToString(CultureInfo.InvariantCulture)}");
        context.Output = context.Graph.Map($"{context.Path}/gated", ScalarExpression.Of(0) * ScalarExpression.Of(1), a, b);
    }
}
