namespace NetDsl;

/// <summary>Activation functions, for the <c>Activation</c> property of layers and the <c>[Activation]</c> layer.</summary>
public enum Activation
{
    /// <summary>None: the value as it is.</summary>
    None,

    /// <summary>max(0, x).</summary>
    ReLU,

    /// <summary>x for x &gt; 0, else 0.01 x.</summary>
    LeakyReLU,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>tanh(x).</summary>
    Tanh,

    /// <summary>exp(x) / sum of exp(x) over the last axis.</summary>
    Softmax,

    /// <summary>x for x &gt; 0, else exp(x) - 1 (Clevert et al. 2015, with alpha 1).</summary>
    ELU,

    /// <summary>x / (1 + exp(-x)), also called swish (Elfwing et al. 2017).</summary>
    SiLU,

    /// <summary>x Φ(x) = x (1 + erf(x / √2)) / 2, exact (Hendrycks and Gimpel 2016).</summary>
    GELU,

    /// <summary>The approximation of <see cref="GELU"/> by x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2.</summary>
    GELUTanh,

    /// <summary>log(1 + exp(x)).</summary>
    Softplus,
}
