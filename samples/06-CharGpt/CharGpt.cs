using NetDsl;

/// <summary>A small decoder-only transformer that writes on, a character at a time.</summary>
[Network]
[TokenInput(64, 80), Embedding(128), PositionalEmbedding]
[Block<DecoderLayer>(Repeat = 4)]
[LayerNorm, Dense(80), CrossEntropy]
public partial class CharGpt;

[Block]
[Residual<SelfAttention>]
[Residual<Thinking>]
public partial class DecoderLayer;

[Block]
[LayerNorm, MultiHeadAttention(4, Causal = true)]
public partial class SelfAttention;

[Block]
[LayerNorm, FeedForward(512)]
public partial class Thinking;
