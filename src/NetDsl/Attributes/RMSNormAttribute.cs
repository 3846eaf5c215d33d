namespace NetDsl;

/// <summary>
/// Root-mean-square normalisation (Zhang and Sennrich 2019) of each row, which is the last axis:
/// y = activation(scale[c] · x / sqrt(mean of x² + epsilon)). Any shape of at least one axis, kept.
/// </summary>
/// <example><code>[Dense(64), RMSNorm]</code></example>
/// <remarks>As <see cref="LayerNormAttribute"/> without mean and bias. Parameter: <c>scale</c> (starts at 1), one per element of a row.</remarks>
public sealed class RMSNormAttribute : LayerAttribute
{
    /// <summary>What is added to the mean square; more than 0. Default: 1e-6 (Keras's; PyTorch has the type's epsilon, 1.2e-7).</summary>
    public double Epsilon { get; set; } = 1e-6;

    /// <summary>Applied to the result. Default: none.</summary>
    public Activation Activation { get; set; }

    /// <summary><see langword="false"/> freezes the scale. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
