namespace NetDsl;

/// <summary>The axes of a sample in another order: axis i of the result is axis axes[i] of the current tensor. No parameters.</summary>
/// <param name="axes">Every axis once, from 0.</param>
/// <example><code>[Permute(1, 0)]</code></example>
/// <remarks>As PyTorch's <c>permute</c> without the batch axis; Keras's <c>Permute</c> counts axes from 1.</remarks>
public sealed class PermuteAttribute(params int[] axes) : LayerAttribute
{
    /// <summary>Every axis once, from 0.</summary>
    public int[] Axes { get; } = axes;
}
