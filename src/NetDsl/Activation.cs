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
}
