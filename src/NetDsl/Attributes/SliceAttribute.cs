namespace NetDsl;

/// <summary>
/// Neighbouring elements of one axis: elements start to start + length - 1. The other extents are kept. No parameters.
/// </summary>
/// <param name="start">The first, from 0; negative counts from the end.</param>
/// <param name="length">How many; at least 1.</param>
/// <example><code>[Slice(0, 16)]</code></example>
public sealed class SliceAttribute(int start, int length) : LayerAttribute
{
    /// <summary>The first element.</summary>
    public int Start { get; } = start;

    /// <summary>How many elements.</summary>
    public int Length { get; } = length;

    /// <summary>The axis of the sample: 0 is the first, -1 the last. Default: the last.</summary>
    public int Axis { get; set; } = -1;
}
