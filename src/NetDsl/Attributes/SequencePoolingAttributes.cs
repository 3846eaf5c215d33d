namespace NetDsl;

/// <summary>The maximum of each window of neighbouring steps, feature by feature. Shape (time, features) becomes (time', features), where t' = floor((t + padding - size) / stride) + 1. No parameters.</summary>
/// <param name="size">Steps of the window; at least 1.</param>
/// <example><code>[MaxPool1D(2)]</code></example>
/// <remarks>Padding never wins. The gradient goes to the first maximum of a window, as in PyTorch.</remarks>
public sealed class MaxPool1DAttribute(int size) : LayerAttribute
{
    /// <summary>Steps of the window.</summary>
    public int Size { get; } = size;

    /// <summary>Step of the window; at least 1. Default: the size.</summary>
    public int Stride { get; set; }

    /// <summary>How the ends are treated. Default: <see cref="Padding.Valid"/>. Not together with <see cref="Pad"/>.</summary>
    public Padding Padding { get; set; }

    /// <summary>Padding at both ends, less than the size. Not together with <see cref="Padding"/>. Default: 0.</summary>
    public int Pad { get; set; }
}

/// <summary>The mean, over the elements that are not padding, of each window of neighbouring steps, feature by feature. Shape (time, features) becomes (time', features), where t' = floor((t + padding - size) / stride) + 1. No parameters.</summary>
/// <param name="size">Steps of the window; at least 1.</param>
/// <example><code>[AveragePool1D(2)]</code></example>
/// <remarks>Keras leaves padding out of the mean, as here; PyTorch counts its zeros unless told otherwise.</remarks>
public sealed class AveragePool1DAttribute(int size) : LayerAttribute
{
    /// <summary>Steps of the window.</summary>
    public int Size { get; } = size;

    /// <summary>Step of the window; at least 1. Default: the size.</summary>
    public int Stride { get; set; }

    /// <summary>How the ends are treated. Default: <see cref="Padding.Valid"/>. Not together with <see cref="Pad"/>.</summary>
    public Padding Padding { get; set; }

    /// <summary>Padding at both ends, less than the size. Not together with <see cref="Padding"/>. Default: 0.</summary>
    public int Pad { get; set; }
}

/// <summary>The mean of each feature over all steps. Shape (time, features) becomes (features). No parameters.</summary>
/// <example><code>[Conv1D(64, 5), GlobalAveragePool1D, Dense(10)]</code></example>
public sealed class GlobalAveragePool1DAttribute : LayerAttribute;

/// <summary>The maximum of each feature over all steps. Shape (time, features) becomes (features). No parameters.</summary>
/// <example><code>[Conv1D(64, 5), GlobalMaxPool1D, Dense(10)]</code></example>
/// <remarks>The gradient goes to the first maximum, as in PyTorch.</remarks>
public sealed class GlobalMaxPool1DAttribute : LayerAttribute;
