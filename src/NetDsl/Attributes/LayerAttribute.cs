namespace NetDsl;

/// <summary>
/// One layer of a network or block. The layer attributes of a class in source order form a chain; each works on the
/// current tensor, the result of the layer before it, and its own result becomes current.
/// </summary>
/// <remarks>
/// Shapes are per sample: the batch axis is implicit, leading, and its extent is given at run time. Images are height,
/// width, channels; sequences are time, features. Layer attributes are read by the compiler alone, never at run time.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>
    /// Names the layer's result, for <see cref="FromAttribute"/>, <see cref="AddAttribute"/>, <see cref="ConcatAttribute"/>
    /// and a loss's <c>Target</c> further down in the same class, and the layer itself in the names of its weights
    /// (<c>stem/weight</c>). Absent: the kind and its ordinal from 1 (<c>Dense1</c>). Unique within its class.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// Name of a layer or block further up in the same class whose weights this one uses, instead of weights of its own: both learn them together. The tensors must have the same
    /// shapes. A <see cref="DenseAttribute"/> may name an <see cref="EmbeddingAttribute"/> and uses its transpose, with a bias of its own. Absent: weights of its own.
    /// </summary>
    public string? WeightsOf { get; set; }
}
