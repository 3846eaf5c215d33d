namespace NetDsl;

/// <summary>
/// Cuts the current tensor along one axis into parts that have names; the first becomes current. Equal parts, unless <see cref="Sizes"/> gives others. No parameters.
/// </summary>
/// <param name="names">A name for each part, in order; at least two.</param>
/// <example><code>[Dense(64), Split("mean", "logVariance")]</code></example>
/// <remarks>
/// The parts are read by <see cref="FromAttribute"/> and the merges, and each has to be. As Keras's <c>ops.split</c> and PyTorch's <c>chunk</c> and <c>split</c>.
/// </remarks>
public sealed class SplitAttribute(params string[] names) : LayerAttribute
{
    /// <summary>A name for each part.</summary>
    public string[] Names { get; } = names;

    /// <summary>The extent of each part; together the axis's. Default: all the same.</summary>
    public int[] Sizes { get; set; } = [];

    /// <summary>The axis of the sample: 0 is the first, -1 the last. Default: the last.</summary>
    public int Axis { get; set; } = -1;
}
