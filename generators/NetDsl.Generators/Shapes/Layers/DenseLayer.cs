using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = activation(x W + b) on the last axis; W is input x output.</summary>
internal sealed class DenseLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        int units = context.Int("units");
        if (x.Type.Rank == 0) throw context.Error(DiagnosticIds.WrongRank, context.Source, context.Path, "a tensor with at least one axis", context.NameOf(x), LayerContext.Show(x));
        if (x.Type.Rank == 3) context.Warn(DiagnosticIds.DenseOnImage, context.Source, context.Path, LayerContext.Show(x), context.NameOf(x));

        int inputs = x.Type.Shape[x.Type.Rank - 1];
        string activation = context.Enum("Activation", "None");
        Value weight = context.Parameter("weight", [inputs, units], ParameterRole.Trainable, Initializers.Kernel(context, activation), inputs, units);
        Value y = context.Graph.Add($"{context.Path}/product", new Op.MatMul(TransposeA: false, TransposeB: false), x, weight);
        if (context.Bool("UseBias", true))
        {
            Value bias = context.Parameter("bias", [units], ParameterRole.Trainable, Initializers.Bias(context), inputs, units);
            y = context.Graph.Map($"{context.Path}/sum", ScalarExpression.Of(0) + ScalarExpression.Of(1), y, bias);
        }

        context.Output = Activations.Apply(context, y);
    }
}
