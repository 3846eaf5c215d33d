namespace NetDsl.Tests.Generated;

/// <summary>A decoder of five tokens over texts of eight.</summary>
[Network]
[TokenInput(8, 5), Embedding(8), PositionalEmbedding]
[Residual<WriterAttention>]
[LayerNorm, Dense(5), CrossEntropy]
public sealed partial class WriterNet;

/// <summary>Normalised, two heads.</summary>
[Block]
[LayerNorm, MultiHeadAttention(2, Causal = true)]
public sealed partial class WriterAttention;
