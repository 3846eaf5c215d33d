namespace NetDsl.Benchmarks.Networks;

/// <summary>A decoder of four layers of width 128 over 64 of 80 characters.</summary>
[Network]
[TokenInput(64, 80), Embedding(128), PositionalEmbedding]
[Block<GptLayer>(Repeat = 4)]
[LayerNorm, Dense(80), CrossEntropy]
public partial class Gpt;

/// <summary>Attention, then two dense layers, each around a sum.</summary>
[Block]
[Residual<GptAttention>]
[Residual<GptThinking>]
public partial class GptLayer;

/// <summary>Normalised, four heads.</summary>
[Block]
[LayerNorm, MultiHeadAttention(4, Causal = true)]
public partial class GptAttention;

/// <summary>Normalised, 512 units between.</summary>
[Block]
[LayerNorm, FeedForward(512)]
public partial class GptThinking;
