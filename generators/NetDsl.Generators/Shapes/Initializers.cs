namespace NetDsl.Generators.Shapes;

/// <summary>Which initial values a layer's tensors get.</summary>
internal static class Initializers
{
    /// <summary>The <c>KernelInitializer</c>, or He's before the ReLU family and Glorot's otherwise (both uniform).</summary>
    public static string Kernel(LayerContext context, string activation)
    {
        string name = context.Enum("KernelInitializer", "Default");
        if (name == "Default") return Activations.IsReluFamily(activation) ? "HeUniform" : "GlorotUniform";
        context.Describe(name);
        return name;
    }

    /// <summary>The <c>BiasInitializer</c>, or zeros.</summary>
    public static string Bias(LayerContext context)
    {
        string name = context.Enum("BiasInitializer", "Default");
        return name == "Default" ? "Zeros" : name;
    }
}
