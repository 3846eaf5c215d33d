namespace NetDsl;

/// <summary>
/// Dropout of whole channels (Tompson et al. 2015): in training sets each channel of an image to 0 with probability <c>rate</c> and multiplies the others by
/// 1 / (1 - rate); in prediction passes everything on. Shape (height, width, channels), kept. No parameters.
/// </summary>
/// <param name="rate">Probability of a channel to be dropped: 0 or more and less than 1.</param>
/// <example><code>[SpatialDropout2D(0.2)]</code></example>
/// <remarks>Neighbouring pixels are alike, so that dropping single ones hides little. As Keras's <c>SpatialDropout2D</c> and PyTorch's <c>Dropout2d</c>.</remarks>
public sealed class SpatialDropout2DAttribute(double rate) : LayerAttribute
{
    /// <summary>Probability of a channel to be dropped.</summary>
    public double Rate { get; } = rate;
}
