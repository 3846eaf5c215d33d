using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The bias of Dense and convolutions.</summary>
internal static class Biases
{
    /// <summary>y + b on the last axis, of extent <paramref name="units"/>; y itself where <c>UseBias = false</c>.</summary>
    public static Value Add(LayerContext context, Value y, int units, int fanIn, int fanOut, bool own = false)
    {
        if (!context.Bool("UseBias", true))
        {
            context.Describe("no bias");
            return y;
        }

        Value bias = context.Parameter("bias", [units], ParameterRole.Trainable, Initializers.Bias(context), fanIn, fanOut, own: own);
        return context.Graph.Map($"{context.Path}/sum", ScalarExpression.Of(0) + ScalarExpression.Of(1), y, bias);
    }
}
