namespace NetDsl;

/// <summary>The elementwise sum of the current tensor and the named ones, all of one shape. No parameters.</summary>
/// <param name="names">Names of tensors further up in the same class; at least one.</param>
/// <example><code>[Add("stem")]</code></example>
public sealed class AddAttribute(params string[] names) : LayerAttribute
{
    /// <summary>Names of tensors further up.</summary>
    public string[] Names { get; } = names;
}

/// <summary>
/// The current tensor and the named ones, in this order, joined along one axis; all other extents are equal and the
/// joined ones add up. No parameters.
/// </summary>
/// <param name="names">Names of tensors further up in the same class; at least one.</param>
/// <example><code>[Concat("encoder")]</code></example>
public sealed class ConcatAttribute(params string[] names) : LayerAttribute
{
    /// <summary>Names of tensors further up.</summary>
    public string[] Names { get; } = names;

    /// <summary>The axis of the sample: 0 is the first, -1 the last. Default: the last.</summary>
    public int Axis { get; set; } = -1;
}
