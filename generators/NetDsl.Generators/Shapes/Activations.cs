using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes;

/// <summary>The elementwise activations as expressions of operand 0, and how layers apply their <c>Activation</c> property.</summary>
internal static class Activations
{
    /// <summary>The slope of LeakyReLU for negative inputs, where none is given (PyTorch's default; Keras 3's is 0.3 in layers and 0.2 in functions).</summary>
    public const double LeakySlope = 0.01;

    /// <summary>The value after the <c>Activation</c> property of the layer; the same value where none is given.</summary>
    public static Value Apply(LayerContext context, Value x)
    {
        string kind = context.Enum("Activation", "None");
        if (kind != "None") context.Describe(kind);
        return Apply(context, kind, x);
    }

    /// <summary>The value after the activation called <paramref name="kind"/> (a member of the <c>Activation</c> enum).</summary>
    public static Value Apply(LayerContext context, string kind, Value x) => kind switch
    {
        "None" or "Linear" => x,
        "Softmax" => context.Graph.Add($"{context.Path}/softmax", new Op.Softmax(), x),
        _ => context.Graph.Map($"{context.Path}/{kind}", Expression(kind), x),
    };

    /// <summary>Whether weights before this activation are initialised by He's rule (the ReLU family) instead of Glorot's.</summary>
    public static bool IsReluFamily(string kind) => kind is "ReLU" or "LeakyReLU";

    private static ScalarExpression Expression(string kind)
    {
        ScalarExpression x = ScalarExpression.Of(0);
        return kind switch
        {
            "ReLU" => new ScalarExpression.Binary(BinaryFunction.Max, x, 0),
            "LeakyReLU" => new ScalarExpression.SelectGreater(x, 0, x, LeakySlope * x),
            "Sigmoid" => new ScalarExpression.Unary(UnaryFunction.Sigmoid, x),
            "Tanh" => new ScalarExpression.Unary(UnaryFunction.Tanh, x),
            _ => throw new IRException($"There is no activation {kind}."),
        };
    }
}
