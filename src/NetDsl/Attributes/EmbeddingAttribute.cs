namespace NetDsl;

/// <summary>A learned vector for each token: (...) integers become (..., dimensions). Works on a <see cref="TokenInputAttribute"/>.</summary>
/// <param name="dimensions">Elements of a vector; at least 1.</param>
/// <example><code>[TokenInput(200, 10_000), Embedding(32)]</code></example>
/// <remarks>
/// Parameter: <c>weight</c> (vocabulary, dimensions), uniform on ±0.05 as in Keras unless <see cref="EmbeddingsInitializer"/> says otherwise; PyTorch starts with a standard normal.
/// </remarks>
public sealed class EmbeddingAttribute(int dimensions) : LayerAttribute
{
    /// <summary>Elements of a vector.</summary>
    public int Dimensions { get; } = dimensions;

    /// <summary>How the vectors start. Default: <see cref="Initializer.RandomUniform"/>.</summary>
    public Initializer EmbeddingsInitializer { get; set; }

    /// <summary>
    /// Adds this times the sum of the weights' magnitudes to what training minimises, biases left out; 0 or more. Losses and reports are shown without it. Default: 0.
    /// </summary>
    public double L1 { get; set; }

    /// <summary>
    /// Adds this times the sum of the weights' squares to what training minimises, biases left out, as Keras's <c>L2</c>; 0 or more. PyTorch's <c>weight_decay</c> is twice it.
    /// Losses and reports are shown without it. Default: 0.
    /// </summary>
    public double L2 { get; set; }

    /// <summary><see langword="false"/> freezes the vectors. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
