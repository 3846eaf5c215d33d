namespace NetDsl;

/// <summary>
/// y = scale · x + offset for every element, with fixed numbers: brings raw data (bytes 0 to 255, say) to a small range as
/// part of the model. Any shape, kept. No parameters.
/// </summary>
/// <param name="scale">The factor; finite and not 0.</param>
/// <param name="offset">What is added; finite.</param>
/// <example><code>[Input(28, 28, 1), Rescale(1 / 255.0)]</code></example>
/// <remarks>Keras's <c>Rescaling</c>.</remarks>
public sealed class RescaleAttribute(double scale, double offset = 0) : LayerAttribute
{
    /// <summary>The factor.</summary>
    public double Scale { get; } = scale;

    /// <summary>What is added.</summary>
    public double Offset { get; } = offset;
}
