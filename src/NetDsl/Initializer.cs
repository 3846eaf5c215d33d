namespace NetDsl;

/// <summary>
/// How a tensor starts. Names and formulas are Keras's; <c>fanIn</c> is the number of inputs that one output sums over,
/// <c>fanOut</c> the number of outputs that one input reaches.
/// </summary>
public enum Initializer
{
    /// <summary>He's before the ReLU family, LeCun's before SELU, Glorot's otherwise; zeros for a bias.</summary>
    Default,

    /// <summary>0.</summary>
    Zeros,

    /// <summary>1.</summary>
    Ones,

    /// <summary>Uniform on ±sqrt(6 / (fanIn + fanOut)) (Glorot and Bengio 2010).</summary>
    GlorotUniform,

    /// <summary>Normal, deviation sqrt(2 / (fanIn + fanOut)), cut off at two deviations.</summary>
    GlorotNormal,

    /// <summary>Uniform on ±sqrt(6 / fanIn) (He et al. 2015).</summary>
    HeUniform,

    /// <summary>Normal, deviation sqrt(2 / fanIn), cut off at two deviations.</summary>
    HeNormal,

    /// <summary>Uniform on ±sqrt(3 / fanIn) (LeCun et al. 1998).</summary>
    LecunUniform,

    /// <summary>Normal, deviation sqrt(1 / fanIn), cut off at two deviations.</summary>
    LecunNormal,

    /// <summary>Uniform on ±0.05.</summary>
    RandomUniform,

    /// <summary>Normal, deviation 0.05.</summary>
    RandomNormal,

    /// <summary>Normal, deviation 0.05, cut off at two deviations.</summary>
    TruncatedNormal,

    /// <summary>Rows, or columns where there are fewer, that are orthogonal to each other and of length 1 (Saxe et al. 2013).</summary>
    Orthogonal,

    /// <summary>One number that the layer gives; not to be chosen.</summary>
    Constant,

    /// <summary>1 in the second of four quarters, which is the forget gate of an LSTM, and 0 elsewhere; not to be chosen.</summary>
    ForgetOnes,
}
