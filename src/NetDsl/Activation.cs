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

    /// <summary>x for x &gt; 0, else α (exp(x) - 1), times λ (Klambauer et al. 2017; λ = 1.0507, α = 1.6733).</summary>
    SELU,

    /// <summary>x tanh(log(1 + exp(x))) (Misra 2019).</summary>
    Mish,

    /// <summary>x min(max(x + 3, 0), 6) / 6 (Howard et al. 2019).</summary>
    Hardswish,

    /// <summary>min(max(x + 3, 0), 6) / 6.</summary>
    HardSigmoid,

    /// <summary>min(max(x, 0), 6).</summary>
    ReLU6,

    /// <summary>x / (1 + |x|).</summary>
    Softsign,

    /// <summary>x - log of the sum of exp(x) over the last axis: the logarithm of <see cref="Softmax"/>.</summary>
    LogSoftmax,
}
