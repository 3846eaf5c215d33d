namespace NetDsl;

/// <summary>A learned vector for each token: (...) integers become (..., dimensions). Works on a <see cref="TokenInputAttribute"/>.</summary>
/// <param name="dimensions">Elements of a vector; at least 1.</param>
/// <example><code>[TokenInput(200, 10_000), Embedding(32)]</code></example>
/// <remarks>
/// Parameter: <c>weight</c> (vocabulary, dimensions), uniform on ±0.05 as in Keras unless <see cref="EmbeddingsInitializer"/> says otherwise; PyTorch starts with a standard normal.
/// </remarks>
public sealed class EmbeddingAttribute(int dimensions) : WeightedLayerAttribute
{
    /// <summary>Elements of a vector.</summary>
    public int Dimensions { get; } = dimensions;

    /// <summary>How the vectors start. Default: <see cref="Initializer.RandomUniform"/>.</summary>
    public Initializer EmbeddingsInitializer { get; set; }

    /// <summary><see langword="false"/> freezes the vectors. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
