namespace NetDsl;

/// <summary>A learned vector for each place of a sequence is added: y[i] = x[i] + weight[i]. Shape (tokens, width), kept.</summary>
/// <example><code>[TokenInput(64, 80), Embedding(128), PositionalEmbedding]</code></example>
/// <remarks>
/// Parameter: <c>weight</c> (tokens, width), uniform on ±0.05 unless <see cref="EmbeddingsInitializer"/> says otherwise. Attention does not see the order of its tokens by itself.
/// </remarks>
public sealed class PositionalEmbeddingAttribute : LayerAttribute
{
    /// <summary>How the vectors start. Default: <see cref="Initializer.RandomUniform"/>.</summary>
    public Initializer EmbeddingsInitializer { get; set; }

    /// <summary><see langword="false"/> freezes the vectors. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
