using NetDsl;

/// <summary>Every patch looks at all others.</summary>
[Block]
[LayerNorm, MultiHeadAttention(8)]
public partial class Looking;

/// <summary>Two dense layers for each patch.</summary>
[Block]
[LayerNorm, FeedForward(1024)]
public partial class Weighing;

/// <summary>A layer of the encoder, normalised before each part.</summary>
[Block]
[Residual<Looking>, Residual<Weighing>]
public partial class EncoderLayer;

/// <summary>A picture is cut into 14 x 14 patches, each becomes a token, and the tokens' mean decides (Dosovitskiy et al. 2020).</summary>
[Network]
[Input(Size, Size, 1), Rescale(1 / 255.0)]
[Conv2D(512, 16, Stride = 16), Reshape(196, 512), PositionalEmbedding]
[Block<EncoderLayer>(Repeat = 3)]
[LayerNorm, GlobalAveragePool1D, Dense(1, Activation = Activation.Sigmoid)]
[BinaryCrossEntropy]
public partial class VisionTransformer
{
    /// <summary>Height and width of a picture.</summary>
    public const int Size = 224;
}
