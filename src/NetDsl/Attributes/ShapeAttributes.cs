namespace NetDsl;

/// <summary>
/// All elements of a sample as one vector, in row-major order (height, width, channels for an image). Any shape becomes
/// (elements). No parameters, no copy.
/// </summary>
/// <example><code>[Flatten]</code></example>
public sealed class FlattenAttribute : LayerAttribute;

/// <summary>The same elements in row-major order under another shape. No parameters, no copy.</summary>
/// <param name="shape">The new extents per sample, each at least 1; one of them may be -1 and is worked out from the others.</param>
/// <example><code>[Reshape(7, 7, -1)]</code></example>
public sealed class ReshapeAttribute(params int[] shape) : LayerAttribute
{
    /// <summary>The new extents per sample.</summary>
    public int[] Shape { get; } = shape;
}
