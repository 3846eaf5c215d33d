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

/// <summary>The elementwise product of the current tensor and the named ones. Extents are equal or 1, where an element stands for all. No parameters.</summary>
/// <param name="names">Names of tensors further up in the same class; at least one.</param>
/// <example><code>[Multiply("gate")]</code></example>
public sealed class MultiplyAttribute(params string[] names) : LayerAttribute
{
    /// <summary>Names of tensors further up.</summary>
    public string[] Names { get; } = names;
}

/// <summary>The current tensor minus the named one, element by element, both of one shape. No parameters.</summary>
/// <param name="name">Name of a tensor further up in the same class.</param>
/// <example><code>[Subtract("baseline")]</code></example>
public sealed class SubtractAttribute(string name) : LayerAttribute
{
    /// <summary>Name of a tensor further up.</summary>
    public string Other { get; } = name;
}

/// <summary>The elementwise mean of the current tensor and the named ones, all of one shape. No parameters.</summary>
/// <param name="names">Names of tensors further up in the same class; at least one.</param>
/// <example><code>[Average("left")]</code></example>
public sealed class AverageAttribute(params string[] names) : LayerAttribute
{
    /// <summary>Names of tensors further up.</summary>
    public string[] Names { get; } = names;
}

/// <summary>The greatest of the current tensor and the named ones, element by element, all of one shape. No parameters.</summary>
/// <param name="names">Names of tensors further up in the same class; at least one.</param>
/// <example><code>[Maximum("left")]</code></example>
public sealed class MaximumAttribute(params string[] names) : LayerAttribute
{
    /// <summary>Names of tensors further up.</summary>
    public string[] Names { get; } = names;
}

/// <summary>The least of the current tensor and the named ones, element by element, all of one shape. No parameters.</summary>
/// <param name="names">Names of tensors further up in the same class; at least one.</param>
/// <example><code>[Minimum("left")]</code></example>
public sealed class MinimumAttribute(params string[] names) : LayerAttribute
{
    /// <summary>Names of tensors further up.</summary>
    public string[] Names { get; } = names;
}

/// <summary>
/// The dot product of the current tensor and the named one along the last axis, both of one shape: (..., n) becomes (..., 1). No parameters.
/// </summary>
/// <param name="name">Name of a tensor further up in the same class.</param>
/// <example><code>[Dot("user", Normalize = true)]</code></example>
public sealed class DotAttribute(string name) : LayerAttribute
{
    /// <summary>Name of a tensor further up.</summary>
    public string Other { get; } = name;

    /// <summary>Whether the vectors are brought to length 1 first, which gives the cosine of their angle. Default: <see langword="false"/>.</summary>
    public bool Normalize { get; set; }
}
