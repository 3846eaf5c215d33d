namespace NetDsl;

/// <summary>
/// The maximum of each window, channel by channel. Shape (height, width, channels) becomes (height', width', channels),
/// where n' = floor((n + padding - size) / stride) + 1. No parameters.
/// </summary>
/// <param name="size">Height and width of the window; at least 1.</param>
/// <example><code>[MaxPool2D(2)]</code></example>
/// <remarks>Padding never wins. The gradient goes to the first maximum of a window in row-major order, as in PyTorch.</remarks>
public sealed class MaxPool2DAttribute(int size) : LayerAttribute
{
    /// <summary>Height and width of the window.</summary>
    public int Size { get; } = size;

    /// <summary>Step of the window in both directions; at least 1. Default: the size.</summary>
    public int Stride { get; set; }

    /// <summary>How the border is treated. Default: <see cref="Padding.Valid"/>. Not together with <see cref="Pad"/>.</summary>
    public Padding Padding { get; set; }

    /// <summary>Padding on each of the four sides, less than the size. Not together with <see cref="Padding"/>. Default: 0.</summary>
    public int Pad { get; set; }
}

/// <summary>
/// The mean of each window, channel by channel, over the elements that are not padding. Shape (height, width, channels)
/// becomes (height', width', channels), where n' = floor((n + padding - size) / stride) + 1. No parameters.
/// </summary>
/// <param name="size">Height and width of the window; at least 1.</param>
/// <example><code>[AveragePool2D(2)]</code></example>
/// <remarks>Keras leaves padding out of the mean, as here; PyTorch counts its zeros unless told otherwise.</remarks>
public sealed class AveragePool2DAttribute(int size) : LayerAttribute
{
    /// <summary>Height and width of the window.</summary>
    public int Size { get; } = size;

    /// <summary>Step of the window in both directions; at least 1. Default: the size.</summary>
    public int Stride { get; set; }

    /// <summary>How the border is treated. Default: <see cref="Padding.Valid"/>. Not together with <see cref="Pad"/>.</summary>
    public Padding Padding { get; set; }

    /// <summary>Padding on each of the four sides, less than the size. Not together with <see cref="Padding"/>. Default: 0.</summary>
    public int Pad { get; set; }
}
