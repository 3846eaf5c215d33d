namespace NetDsl.Conformance.Networks;

/// <summary>Texts with padding: which layers pass over it, and which pass its mask on. With so few tokens some texts are padding alone.</summary>
public sealed class MaskNetworks : INetworkFamily
{
    private const string Blocks =
        """
        [Block]
        [LayerNorm, MultiHeadAttention(2)]
        internal partial class SelfAttention;
        """;

    // As in the family of attention.
    private const double Cancelled = 5e-4;

    public static IReadOnlyList<NetworkCase> Cases { get; } =
    [
        .. Cells("SimpleRNN"),
        .. Cells("LSTM"),
        .. Cells("GRU"),
        new("LSTM on a masked GRU", "[TokenInput(7, 3, PaddingId = 1), Embedding(4), GRU(6, ReturnSequences = true), LSTM(5), Dense(1), BinaryCrossEntropy]"),
        new("Attention, masked", "[TokenInput(9, 3, PaddingId = 0), Embedding(6), MultiHeadAttention(2), GlobalAveragePool1D, Dense(2), MeanSquaredError]", Tolerance: Cancelled),
        new("Attention, masked and causal", "[TokenInput(11, 3, PaddingId = 2), Embedding(6), MultiHeadAttention(3, Causal = true), Dense(3), CrossEntropy]", Tolerance: Cancelled),
        new("Attention, masked, of shared key heads", "[TokenInput(5, 4, PaddingId = 0), Embedding(8), MultiHeadAttention(4, KeyHeads = 2), GlobalMaxPool1D, Dense(2), MeanSquaredError]", Tolerance: Cancelled),
        new("Attention, masked, over more than a block of queries", "[TokenInput(67, 5, PaddingId = 4), Embedding(4), MultiHeadAttention(2), GlobalAveragePool1D, Dense(2), MeanSquaredError]", Tolerance: Cancelled),
        new("Attention of texts of padding alone", "[TokenInput(2, 2, PaddingId = 1), Embedding(4), MultiHeadAttention(2), GlobalAveragePool1D, Dense(2), MeanSquaredError]", Tolerance: Cancelled),
        new("Attention with a masked context", "[TokenInput(7, 3, Name = \"c\", PaddingId = 0), Embedding(4, Name = \"context\"), Input(5, 6, Name = \"x\"), MultiHeadAttention(2, Context = \"context\"), MeanSquaredError]", Tolerance: Cancelled),
        new("An encoder of texts", "[TokenInput(6, 4, PaddingId = 3), Embedding(6), PositionalEmbedding, Residual<SelfAttention>, Residual<SelfAttention>, LayerNorm, GlobalAveragePool1D, Dense(1), BinaryCrossEntropy]", Blocks, Tolerance: Cancelled),
        new("Masked mean of embeddings", "[TokenInput(8, 3, PaddingId = 0), Embedding(5), GlobalAveragePool1D, Dense(2), CrossEntropy]"),
        new("Masked maximum of embeddings", "[TokenInput(8, 3, PaddingId = 0), Embedding(5), Dense(7, Activation = Activation.Tanh), GlobalMaxPool1D, Dense(2), CrossEntropy]"),
        new("Masked numbers over time", "[TokenInput(5, 3, PaddingId = 0), Embedding(4), Dense(3), MeanSquaredError]"),
        new("Masked answers over time", "[TokenInput(5, 3, PaddingId = 0), Embedding(4), LSTM(6, ReturnSequences = true), Dense(1), BinaryCrossEntropy]"),
        new("Masked classes over time, one of them ignored", "[TokenInput(6, 3, PaddingId = 0), Embedding(4), Dense(4), CrossEntropy(IgnoreIndex = 2)]"),
        new("Masked texts merged", "[TokenInput(6, 3, Name = \"a\", PaddingId = 0), Embedding(4, Name = \"first\"), TokenInput(6, 4, Name = \"b\", PaddingId = 1), Embedding(4), Add(\"first\"), GRU(5), MeanSquaredError]"),
        new("A part of a masked text", "[TokenInput(9, 3, PaddingId = 0), Embedding(4), Slice(2, 5, Axis = 0), Dense(3), CrossEntropy]"),
    ];

    private static IEnumerable<NetworkCase> Cells(string kind) =>
    [
        new($"{kind}, masked", $"[TokenInput(9, 3, PaddingId = 0), Embedding(4), {kind}(7), Dense(2), MeanSquaredError]"),
        new($"{kind}, masked, of 33 units", $"[TokenInput(6, 2, PaddingId = 1), Embedding(3), {kind}(33, ReturnSequences = true), GlobalAveragePool1D, MeanSquaredError]"),
        new($"{kind}, masked, both directions, all steps", $"[TokenInput(5, 3, PaddingId = 2), Embedding(3), {kind}(5, Bidirectional = true, ReturnSequences = true), Dense(2), MeanSquaredError]"),
        new($"{kind} of one masked step", $"[TokenInput(1, 2, PaddingId = 0), Embedding(3), {kind}(2), MeanSquaredError]"),
    ];
}
