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

    /// <summary>
    /// Element 2 i of row t is sin(t / 10000^(2 i / width)), element 2 i + 1 the cosine of the same (Vaswani et al. 2017, section 3.5); not to be chosen.
    /// </summary>
    Sinusoidal,

    /// <summary>Element i of row t is cos(t / 10000^(i / width)), with the width of half a head (Su et al. 2021); not to be chosen.</summary>
    RotaryCosine,

    /// <summary>The sine of the same; not to be chosen.</summary>
    RotarySine,
}
