using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = activation(x W + b) W' + b' on the last axis, whose extent is kept.</summary>
internal sealed class FeedForwardLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        if (x.Type.Rank == 0) throw context.WrongRank(x, "a tensor of at least one axis");
        int units = context.Int("units"), width = x.Type.Shape[x.Type.Rank - 1];
        string initializer = context.Enum("KernelInitializer", "Default", Initializers.Names), bias = Initializers.Bias(context);
        if (initializer == "Default") initializer = "GlorotUniform";
        bool biased = context.Bool("UseBias", true);
        context.Describe(units.ToString(CultureInfo.InvariantCulture));
        Value between = Activations.Apply(context, Linear(x, "up", units), otherwise: "GELU");
        context.Describe(initializer);
        if (!biased) context.Describe("no bias");
        context.Output = Linear(between, "down", width);

        Value Linear(Value input, string part, int outputs)
        {
            int inputs = input.Type.Shape[input.Type.Rank - 1];
            Value weight = context.Parameter($"{part}/weight", [inputs, outputs], ParameterRole.Trainable, initializer, inputs, outputs);
            Value y = context.Graph.Add($"{context.Path}/{part}", new Op.MatMul(TransposeA: false, TransposeB: false), input, weight);
            if (!biased) return y;
            Value added = context.Parameter($"{part}/bias", [outputs], ParameterRole.Trainable, bias, inputs, outputs);
            return context.Graph.Map($"{context.Path}/{part}", ScalarExpression.Of(0) + ScalarExpression.Of(1), y, added);
        }
    }
}
