namespace NetDsl;

/// <summary>
/// The mean of each channel over the whole image. Shape (height, width, channels) becomes (channels). No parameters.
/// </summary>
/// <example><code>[Conv2D(64, 3), GlobalAveragePool2D, Dense(10)]</code></example>
public sealed class GlobalAveragePool2DAttribute : LayerAttribute;

/// <summary>
/// The maximum of each channel over the whole image. Shape (height, width, channels) becomes (channels). No parameters.
/// </summary>
/// <example><code>[Conv2D(64, 3), GlobalMaxPool2D, Dense(10)]</code></example>
/// <remarks>The gradient goes to the first maximum in row-major order, as in PyTorch.</remarks>
public sealed class GlobalMaxPool2DAttribute : LayerAttribute;
