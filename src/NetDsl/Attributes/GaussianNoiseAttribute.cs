namespace NetDsl;

/// <summary>
/// In training adds a number of the normal distribution with mean 0 to each element; in prediction passes everything on. Any shape, kept. No parameters.
/// </summary>
/// <param name="deviation">The numbers' standard deviation; 0 or more.</param>
/// <example><code>[Input(28, 28, 1), Rescale(1 / 255.0), GaussianNoise(0.1)]</code></example>
/// <remarks>
/// A number depends on the seed, the step, the layer's path, the sample and the element alone, so it is the same for any number of threads. As Keras's <c>GaussianNoise</c>.
/// </remarks>
public sealed class GaussianNoiseAttribute(double deviation) : LayerAttribute
{
    /// <summary>The numbers' standard deviation.</summary>
    public double Deviation { get; } = deviation;
}
