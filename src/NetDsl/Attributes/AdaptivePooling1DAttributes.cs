namespace NetDsl;

/// <summary>
/// The mean of each feature over so many parts of the sequence as the result has steps: shape (time, features) becomes (size, features). No parameters.
/// </summary>
/// <param name="size">Steps of the result, at least 1 and at most the sequence's.</param>
/// <example><code>[Conv1D(64, 5), AdaptiveAveragePool1D(8), Flatten]</code></example>
/// <remarks>The parts are those of <see cref="AdaptiveAveragePool2DAttribute"/>, as in PyTorch's <c>AdaptiveAvgPool1d</c>.</remarks>
public sealed class AdaptiveAveragePool1DAttribute(int size) : LayerAttribute
{
    /// <summary>Steps of the result.</summary>
    public int Size { get; } = size;
}

/// <summary>
/// The maximum of each feature over so many parts of the sequence as the result has steps: shape (time, features) becomes (size, features). No parameters.
/// </summary>
/// <param name="size">Steps of the result, at least 1 and at most the sequence's.</param>
/// <example><code>[Conv1D(64, 5), AdaptiveMaxPool1D(8), Flatten]</code></example>
/// <remarks>The parts are those of <see cref="AdaptiveAveragePool2DAttribute"/>, as in PyTorch's <c>AdaptiveMaxPool1d</c>.</remarks>
public sealed class AdaptiveMaxPool1DAttribute(int size) : LayerAttribute
{
    /// <summary>Steps of the result.</summary>
    public int Size { get; } = size;
}
