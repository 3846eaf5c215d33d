namespace NetDsl;

/// <summary>
/// Multi-head attention (Vaswani et al. 2017): queries, keys and values are linear in their tokens, each head weighs the values by the softmax of its scaled products of query and
/// keys, and the heads side by side go through a last linear layer. Shape (queries, width), kept. Queries are the current tensor; so are keys and values,
/// unless <see cref="Context"/> names another.
/// </summary>
/// <param name="heads">Heads; divides the width unless <see cref="KeyDimension"/> is given.</param>
/// <example><code>[MultiHeadAttention(8, Causal = true)]</code></example>
/// <remarks>
/// Parameters: <c>query/weight</c> (width, heads · d), <c>key/weight</c> and <c>value/weight</c> (context's width, key heads · d), <c>output/weight</c> (heads · d, width),
/// each with its <c>bias</c>; with <see cref="Rotary"/> the tables <c>cosine</c> and <c>sine</c> (tokens, d / 2), which stay as they are. As Keras's <c>MultiHeadAttention</c>, whose heads are an axis of their own, and PyTorch's, which stores the transposes of query, key and
/// value in one tensor. No matrix of queries x keys is ever stored.
/// </remarks>
public sealed class MultiHeadAttentionAttribute(int heads) : WeightedLayerAttribute
{
    /// <summary>Heads of the queries.</summary>
    public int Heads { get; } = heads;

    /// <summary>Elements of a query, key and value of a head; at least 1. Default: width / heads.</summary>
    public int KeyDimension { get; set; }

    /// <summary>Heads of keys and values, which neighbouring heads of the queries share (Ainslie et al. 2023); divides the heads. Default: as many as heads.</summary>
    public int KeyHeads { get; set; }

    /// <summary>Whether a query sees no token after its own, counted from the end of both. Default: <see langword="false"/>.</summary>
    public bool Causal { get; set; }

    /// <summary>
    /// Whether queries and keys are turned by their places (rotary positions, Su et al. 2021; elements i and i + d / 2 of a head are a pair, as in LLaMA). Needs an even d and no
    /// <see cref="Context"/>. Default: <see langword="false"/>.
    /// </summary>
    public bool Rotary { get; set; }

    /// <summary>Name of the tensor (tokens, width) that keys and values come from. Default: the current tensor.</summary>
    public string? Context { get; set; }

    /// <summary>Whether the four linear layers have a bias. Default: <see langword="true"/>.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the weights start. Default: <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer KernelInitializer { get; set; }

    /// <summary>How the biases start. Default: <see cref="Initializer.Zeros"/>.</summary>
    public Initializer BiasInitializer { get; set; }

    /// <summary><see langword="false"/> freezes the layer's tensors. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
