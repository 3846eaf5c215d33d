namespace NetDsl;

/// <summary>
/// Starts a chain: a column of the data set with the given shape per sample, which becomes the current tensor. A network
/// has at least one; several need a <see cref="LayerAttribute.Name"/> each. The only input of a network can be named by
/// <c>"input"</c>.
/// </summary>
/// <param name="shape">
/// Extents per sample, each at least 1: <c>Input(784)</c> for vectors, <c>Input(28, 28, 1)</c> for images of height, width,
/// channels; <c>Input()</c> for one number.
/// </param>
/// <example><code>[Input(28, 28, 1)]</code></example>
public sealed class InputAttribute(params int[] shape) : LayerAttribute
{
    /// <summary>Extents per sample.</summary>
    public int[] Shape { get; } = shape;
}
