namespace NetDsl;

/// <summary>
/// 1 minus the Dice coefficient of each sample (Milletari et al. 2016): 1 - (2 Σ p t + smooth) / (Σ p + Σ t + smooth) over all elements of a sample. Any shape; the
/// target has the same, from 0 to 1.
/// </summary>
/// <example><code>[Conv2D(1, 1), Dice]</code></example>
/// <remarks>
/// The loss of segmentations whose object is small. Reads the graph as <see cref="BinaryCrossEntropyAttribute"/> does: after a sigmoid the current tensor means
/// probabilities, else logits. As Keras's <c>Dice</c>, which runs over the whole batch unless axes are given and smooths by 1e-7.
/// </remarks>
public sealed class DiceAttribute : LossAttribute
{
    /// <summary>Added above and below, so that an empty object has a coefficient; more than 0. Default: 1.</summary>
    public double Smooth { get; set; } = 1;
}
