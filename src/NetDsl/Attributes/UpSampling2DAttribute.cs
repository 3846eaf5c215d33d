namespace NetDsl;

/// <summary>
/// Each pixel repeated size times in both directions (nearest neighbour): (height, width, channels) becomes (height · size, width · size, channels).
/// No parameters.
/// </summary>
/// <param name="size">How often; at least 1.</param>
/// <example><code>[UpSampling2D(2), Conv2D(32, 3, Padding = Padding.Same)]</code></example>
/// <remarks>As Keras's <c>UpSampling2D</c> and PyTorch's <c>Upsample(mode="nearest")</c>.</remarks>
public sealed class UpSampling2DAttribute(int size) : LayerAttribute
{
    /// <summary>How often each pixel is repeated in both directions.</summary>
    public int Size { get; } = size;
}
