using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes;

/// <summary>The elementwise activations as expressions of operand 0, and how layers apply their <c>Activation</c> property.</summary>
internal static class Activations
{
    /// <summary>The members of the <c>Activation</c> enum.</summary>
    public static readonly IReadOnlyList<string> Kinds =
    [
        "None", "ReLU", "LeakyReLU", "Sigmoid", "Tanh", "Softmax", "ELU", "SiLU", "GELU", "GELUTanh", "Softplus",
        "SELU", "Mish", "Hardswish", "HardSigmoid", "ReLU6", "Softsign", "LogSoftmax",
    ];

    /// <summary>The slope of LeakyReLU for negative inputs, where none is given (PyTorch's default; Keras 3's is 0.3 in layers and 0.2 in functions).</summary>
    public const double LeakySlope = 0.01;

    /// <summary>2 sqrt(2 / pi), of the approximation of GELU (Hendrycks and Gimpel 2016).</summary>
    private static readonly double TanhScale = 2 * Math.Sqrt(2 / Math.PI);

    // Klambauer et al. 2017, equation 14: they keep mean 0 and variance 1.
    private const double SeluScale = 1.0507009873554805, SeluAlpha = 1.6732632423543772;

    /// <summary>The activation that an argument gives, or <c>None</c>.</summary>
    public static string Read(LayerContext context, string parameter = "Activation", string otherwise = "None") => context.Enum(parameter, otherwise, Kinds);

    /// <summary>The value after the activation that an argument gives; the same value where it gives none.</summary>
    public static Value Apply(LayerContext context, Value x, string parameter = "Activation", string otherwise = "None")
    {
        string kind = Read(context, parameter, otherwise);
        if (kind == "None") return x;
        context.Describe(kind);
        if (kind is not ("Softmax" or "LogSoftmax")) return context.Graph.Map($"{context.Path}/{kind}", Expression(kind), x);
        if (x.Type.Rank == 0) throw context.WrongRank(x, "a tensor of at least one axis for its softmax");
        if (x.Type.Shape[x.Type.Rank - 1] == 1) context.Warn(DiagnosticIds.SoftmaxOfOne, context.Source.At(parameter), context.Path, LayerContext.Show(x), context.NameOf(x));
        return kind == "Softmax" ? context.Graph.Add($"{context.Path}/Softmax", new Op.Softmax(), x) : LogSoftmax(context, x);
    }

    /// <summary>Whether weights before this activation are initialised by He's rule (the ReLU family) instead of Glorot's.</summary>
    public static bool IsReluFamily(string kind) => kind is "ReLU" or "ReLU6" or "LeakyReLU" or "ELU" or "SiLU" or "GELU" or "GELUTanh" or "Mish" or "Hardswish";

    /// <summary>x - m - log sum exp(x - m), with m the row's maximum; m has no part in the gradient.</summary>
    private static Value LogSoftmax(LayerContext context, Value x)
    {
        ScalarExpression a = ScalarExpression.Of(0), b = ScalarExpression.Of(1);
        Op.Reduce OverRow(Reduction kind, ScalarExpression term) => new(kind, new([x.Type.Rank - 1]), OverBatch: false, KeepAxes: true, term, x.Type);
        Value maximum = context.Graph.Add($"{context.Path}/maximum", OverRow(Reduction.Max, a), x);
        Value centered = context.Graph.Map($"{context.Path}/centered", a - b, x, maximum);
        Value sum = context.Graph.Add($"{context.Path}/sum", OverRow(Reduction.Sum, new ScalarExpression.Unary(UnaryFunction.Exp, a)), centered);
        return context.Graph.Map($"{context.Path}/LogSoftmax", a - new ScalarExpression.Unary(UnaryFunction.Log, b), centered, sum);
    }

    private static ScalarExpression Expression(string kind)
    {
        ScalarExpression x = ScalarExpression.Of(0);
        return kind switch
        {
            "ReLU" => new ScalarExpression.Binary(BinaryFunction.Max, x, 0),
            "LeakyReLU" => new ScalarExpression.SelectGreater(x, 0, x, LeakySlope * x),
            "Sigmoid" => new ScalarExpression.Unary(UnaryFunction.Sigmoid, x),
            "Tanh" => new ScalarExpression.Unary(UnaryFunction.Tanh, x),
            "ELU" => new ScalarExpression.SelectGreater(x, 0, x, new ScalarExpression.Unary(UnaryFunction.Exp, x) - 1),
            "SiLU" => x * new ScalarExpression.Unary(UnaryFunction.Sigmoid, x),
            "GELU" => new ScalarExpression.Unary(UnaryFunction.GELU, x),

            // (1 + tanh(u)) / 2 = sigmoid(2 u), which keeps its digits where tanh(u) is close to -1.
            "GELUTanh" => x * new ScalarExpression.Unary(UnaryFunction.Sigmoid, x * (TanhScale + (0.044715 * TanhScale * (x * x)))),
            "Softplus" => new ScalarExpression.Unary(UnaryFunction.Softplus, x),
            "SELU" => new ScalarExpression.SelectGreater(x, 0, SeluScale * x, SeluScale * SeluAlpha * (new ScalarExpression.Unary(UnaryFunction.Exp, x) - 1)),
            "Mish" => x * new ScalarExpression.Unary(UnaryFunction.Tanh, new ScalarExpression.Unary(UnaryFunction.Softplus, x)),
            "Hardswish" => x * Clamp(x + 3, 6) * (1 / 6.0),
            "HardSigmoid" => Clamp(x + 3, 6) * (1 / 6.0),
            "ReLU6" => Clamp(x, 6),
            "Softsign" => x / (1 + new ScalarExpression.Unary(UnaryFunction.Abs, x)),
            _ => throw new IRException($"There is no activation {kind}."),
        };
    }

    /// <summary>min(max(x, 0), most).</summary>
    private static ScalarExpression Clamp(ScalarExpression x, double most) =>
        new ScalarExpression.Binary(BinaryFunction.Min, new ScalarExpression.Binary(BinaryFunction.Max, x, 0), most);
}
