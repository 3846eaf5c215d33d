namespace NetDsl;

/// <summary>
/// In training sets each element to 0 with probability <c>rate</c> and multiplies the others by 1 / (1 - rate) (Srivastava
/// et al. 2014, inverted); in prediction passes everything on. Any shape, kept. No parameters.
/// </summary>
/// <param name="rate">Probability of an element to be dropped: 0 or more and less than 1.</param>
/// <example><code>[Dropout(0.5)]</code></example>
/// <remarks>
/// The mask depends on the seed, the step, the layer's path, the sample and the element alone, so it is the same for any
/// number of threads.
/// </remarks>
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>Probability of an element to be dropped.</summary>
    public double Rate { get; } = rate;
}
