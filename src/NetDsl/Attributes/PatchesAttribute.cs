namespace NetDsl;

/// <summary>
/// Cuts an image into square patches that do not overlap, each a row: shape (height, width, channels) becomes (height / size * width / size, size * size * channels), patch after patch from
/// the left and from the top. No parameters.
/// </summary>
/// <param name="size">Rows and columns of a patch, at least 1; divides height and width.</param>
/// <example><code>[Input(224, 224, 3), Patches(16), Dense(512), PositionalEmbedding]</code></example>
/// <remarks>What a vision transformer starts with (Dosovitskiy et al. 2020): with a <see cref="DenseAttribute"/> it is a convolution whose stride is its kernel.</remarks>
public sealed class PatchesAttribute(int size) : LayerAttribute
{
    /// <summary>Rows and columns of a patch.</summary>
    public int Size { get; } = size;
}
