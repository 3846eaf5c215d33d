namespace NetDsl;

/// <summary>A vector for each place of a sequence is added: y[i] = x[i] + weight[i]. It is learned, or made of waves. Shape (tokens, width), kept.</summary>
/// <example><code>[TokenInput(64, 80), Embedding(128), PositionalEmbedding]</code></example>
/// <remarks>
/// Parameter: <c>weight</c> (tokens, width), uniform on ±0.05 unless <see cref="EmbeddingsInitializer"/> says otherwise. Attention does not see the order of its tokens by itself.
/// </remarks>
public sealed class PositionalEmbeddingAttribute : LayerAttribute
{
    /// <summary>
    /// Whether the vectors are sines and cosines of the place's number instead of learned: element 2 i of place t is sin(t / 10000^(2 i / width)), element 2 i + 1 the cosine (Vaswani et al.
    /// 2017, section 3.5). Default: <see langword="false"/>.
    /// </summary>
    public bool Sinusoidal { get; set; }

    /// <summary>How the vectors start. Default: <see cref="Initializer.RandomUniform"/>.</summary>
    public Initializer EmbeddingsInitializer { get; set; }

    /// <summary><see langword="false"/> freezes the vectors. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
