namespace NetDsl.Conformance.Networks;

/// <summary>Attention alone, with shared key heads, from another tensor, and in the blocks of transformers.</summary>
public sealed class AttentionNetworks : INetworkFamily
{
    private const string Blocks =
        """
        [Block]
        [LayerNorm, MultiHeadAttention(Heads, Causal = Causal)]
        internal partial class SelfAttention { const int Heads = 2; const bool Causal = false; }

        [Block]
        [LayerNorm, FeedForward(Units)]
        internal partial class Thinking { const int Units = 16; }
        """;

    // A key's bias adds the same to all products of a query, so its gradient is 0, and what is computed is what cancelling leaves.
    private const double Cancelled = 5e-4;

    public static IReadOnlyList<NetworkCase> Cases { get; } =
    [
        new("Attention with rotary positions", "[Input(7, 12), Dense(12), MultiHeadAttention(3, Rotary = true), MeanSquaredError]"),
        new("Attention with rotary positions and shared key heads, causal", "[TokenInput(9, 11), Embedding(32), MultiHeadAttention(4, KeyHeads = 2, Rotary = true, Causal = true), Dense(11), CrossEntropy]"),
        new("Sinusoidal positions", "[TokenInput(9, 11), Embedding(13), PositionalEmbedding(Sinusoidal = true), Dense(5), CrossEntropy]"),
        new("Attention of one head", "[Input(5, 4), MultiHeadAttention(1), MeanSquaredError]", Tolerance: Cancelled),
        new("Attention of three heads", "[Input(7, 6), MultiHeadAttention(3), Dense(2), MeanSquaredError]", Tolerance: Cancelled),
        new("Attention, causal", "[Input(9, 8), MultiHeadAttention(2, Causal = true), MeanSquaredError]", Tolerance: Cancelled),
        new("Attention over more than a block of queries", "[Input(67, 4), MultiHeadAttention(2, KeyDimension = 5, Causal = true), GlobalAveragePool1D, Dense(2), MeanSquaredError]", Tolerance: Cancelled),
        new("Attention of wide heads", "[Input(19, 16), MultiHeadAttention(2, KeyDimension = 33), MeanSquaredError]", Tolerance: Cancelled),
        new("Attention of heads of 12", "[Input(11, 24), MultiHeadAttention(2, Causal = true), MeanSquaredError]", Tolerance: Cancelled),
        new("Attention of one token", "[Input(1, 6), MultiHeadAttention(2, Causal = true), MeanSquaredError]", Tolerance: Cancelled),
        new("Attention with shared key heads", "[Input(6, 8), MultiHeadAttention(4, KeyHeads = 2, Causal = true), MeanSquaredError]", Tolerance: Cancelled),
        new("Attention with one key head, without bias", "[Input(6, 8), MultiHeadAttention(4, KeyHeads = 1, UseBias = false), MeanSquaredError]"),
        new("Attention with a context", "[Input(5, 6, Name = \"x\"), Input(7, 3, Name = \"c\"), Dense(4, Name = \"context\"), From(\"x\"), MultiHeadAttention(2, Context = \"context\"), MeanSquaredError]", Tolerance: Cancelled),
        new("Attention with a longer context, causal", "[Input(4, 6, Name = \"x\"), Input(7, 6, Name = \"c\"), Dense(6, Name = \"context\"), From(\"x\"), MultiHeadAttention(3, Context = \"context\", Causal = true), MeanSquaredError]", Tolerance: Cancelled),
        new("Attention, frozen", "[Input(5, 4), Dense(4), MultiHeadAttention(2, Trainable = false), Dense(2), MeanSquaredError]", Tolerance: Cancelled),
        new("FeedForward", "[Input(5, 4), FeedForward(9), MeanSquaredError]"),
        new("FeedForward with SiLU, without bias", "[Input(6), FeedForward(17, Activation = Activation.SiLU, UseBias = false), Dense(2), MeanSquaredError]"),
        new("A decoder of two blocks", "[TokenInput(9, 13), Embedding(8), PositionalEmbedding, Residual<SelfAttention>(2, true), Residual<Thinking>(32), Residual<SelfAttention>(4, true), Residual<Thinking>, LayerNorm, Dense(13), CrossEntropy]", Blocks, Tolerance: 5e-4),
        new("An encoder of two blocks", "[TokenInput(6, 5), Embedding(6), PositionalEmbedding(Trainable = false), Residual<SelfAttention>(3), Residual<Thinking>(10), GlobalAveragePool1D, Dense(1), BinaryCrossEntropy]", Blocks, Tolerance: 5e-4),
    ];
}
