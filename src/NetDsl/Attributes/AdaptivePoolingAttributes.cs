namespace NetDsl;

/// <summary>What the adaptive poolings of images have in common.</summary>
/// <param name="rows">Rows of the result, at least 1 and at most the image's.</param>
/// <param name="columns">Columns of the result, at least 1 and at most the image's.</param>
/// <remarks>Part i of n of an extent h goes from ⌊i h / n⌋ to ⌈(i + 1) h / n⌉, so that parts may share a row, as in PyTorch.</remarks>
public abstract class AdaptivePool2DAttribute(int rows, int columns) : LayerAttribute
{
    /// <summary>Rows of the result.</summary>
    public int Rows { get; } = rows;

    /// <summary>Columns of the result.</summary>
    public int Columns { get; } = columns;
}

/// <summary>
/// The mean of each channel over so many parts of the image as the result has pixels: shape (height, width, channels) becomes (rows, columns, channels). No parameters.
/// </summary>
/// <param name="rows">Rows of the result, at least 1 and at most the image's.</param>
/// <param name="columns">Columns of the result, at least 1 and at most the image's.</param>
/// <example><code>[AdaptiveAveragePool2D(7, 7), Flatten, Dense(4096)]</code></example>
/// <remarks>As PyTorch's <c>AdaptiveAvgPool2d</c>.</remarks>
public sealed class AdaptiveAveragePool2DAttribute(int rows, int columns) : AdaptivePool2DAttribute(rows, columns)
{
    /// <summary>As many rows as columns.</summary>
    /// <param name="size">Rows and columns of the result.</param>
    public AdaptiveAveragePool2DAttribute(int size)
        : this(size, size)
    {
    }
}

/// <summary>
/// The maximum of each channel over so many parts of the image as the result has pixels: shape (height, width, channels) becomes (rows, columns, channels). No parameters.
/// </summary>
/// <param name="rows">Rows of the result, at least 1 and at most the image's.</param>
/// <param name="columns">Columns of the result, at least 1 and at most the image's.</param>
/// <example><code>[AdaptiveMaxPool2D(3, 2)]</code></example>
/// <remarks>The parts are those of <see cref="AdaptiveAveragePool2DAttribute"/>, as in PyTorch's <c>AdaptiveMaxPool2d</c>.</remarks>
public sealed class AdaptiveMaxPool2DAttribute(int rows, int columns) : AdaptivePool2DAttribute(rows, columns)
{
    /// <summary>As many rows as columns.</summary>
    /// <param name="size">Rows and columns of the result.</param>
    public AdaptiveMaxPool2DAttribute(int size)
        : this(size, size)
    {
    }
}
