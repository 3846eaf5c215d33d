namespace NetDsl.Generators.Shapes;

/// <summary>Which initial values a layer's tensors get.</summary>
internal static class Initializers
{
    /// <summary>The members of the <c>Initializer</c> enum.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "Default", "Zeros", "Ones", "GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal",
        "RandomUniform", "RandomNormal", "TruncatedNormal", "Orthogonal",
    ];

    /// <summary>The <c>KernelInitializer</c>, or He's before the ReLU family, LeCun's before SELU and Glorot's otherwise.</summary>
    public static string Kernel(LayerContext context, string activation)
    {
        string name = context.Enum("KernelInitializer", "Default", Names);
        if (name == "Default") name = Activations.IsReluFamily(activation) ? "HeUniform" : activation == "SELU" ? "LecunNormal" : "GlorotUniform";
        context.Describe(name);
        return name;
    }

    /// <summary>The <c>BiasInitializer</c>, or zeros.</summary>
    public static string Bias(LayerContext context)
    {
        string name = context.Enum("BiasInitializer", "Default", Names);
        if (name is "Default" or "Zeros") return "Zeros";
        context.Describe("bias " + name);
        return name;
    }
}
