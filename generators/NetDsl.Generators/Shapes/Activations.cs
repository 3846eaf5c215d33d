using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes;

/// <summary>The elementwise activations as expressions of operand 0, and how layers apply their <c>Activation</c> property.</summary>
internal static class Activations
{
    /// <summary>The members of the <c>Activation</c> enum.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["None", "ReLU", "LeakyReLU", "Sigmoid", "Tanh", "Softmax"];

    /// <summary>The slope of LeakyReLU for negative inputs, where none is given (PyTorch's default; Keras 3's is 0.3 in layers and 0.2 in functions).</summary>
    public const double LeakySlope = 0.01;

    /// <summary>The activation that an argument gives, or <c>None</c>.</summary>
    public static string Read(LayerContext context, string parameter = "Activation") => context.Enum(parameter, "None", Kinds);

    /// <summary>The value after the activation that an argument gives; the same value where it gives none.</summary>
    public static Value Apply(LayerContext context, Value x, string parameter = "Activation")
    {
        string kind = Read(context, parameter);
        if (kind == "None") return x;
        context.Describe(kind);
        if (kind != "Softmax") return context.Graph.Map($"{context.Path}/{kind}", Expression(kind), x);
        if (x.Type.Rank == 0) throw context.WrongRank(x, "a tensor of at least one axis for its softmax");
        if (x.Type.Shape[x.Type.Rank - 1] == 1) context.Warn(DiagnosticIds.SoftmaxOfOne, context.Source.At(parameter), context.Path, LayerContext.Show(x), context.NameOf(x));
        return context.Graph.Add($"{context.Path}/Softmax", new Op.Softmax(), x);
    }

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
