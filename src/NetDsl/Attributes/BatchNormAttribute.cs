namespace NetDsl;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015) per element c of the last axis:
/// y = activation(scale[c] · (x - mean[c]) / sqrt(variance[c] + epsilon) + bias[c]). Any shape of at least one axis, kept.
/// </summary>
/// <example><code>[Conv2D(64, 3, Pad = 1, UseBias = false), BatchNorm(Activation = Activation.ReLU)]</code></example>
/// <remarks>
/// In training, mean and (biased) variance run over the batch and all axes but the last; in prediction they are the running
/// statistics. These move by running = (1 - momentum) · running + momentum · batch after each step, with the unbiased
/// variance (factor n / (n - 1); 1 where n = 1), as PyTorch's. Parameters: <c>scale</c> (starts at 1) and <c>bias</c>
/// (at 0); state: <c>mean</c> (at 0) and <c>variance</c> (at 1).
/// </remarks>
public sealed class BatchNormAttribute : LayerAttribute
{
    /// <summary>
    /// How much of the batch's statistics goes into the running ones: more than 0, at most 1. Default: 0.1 (PyTorch's;
    /// Keras's momentum is 1 minus this).
    /// </summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>What is added to the variance; more than 0. Default: 1e-5 (PyTorch's; Keras has 1e-3).</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Applied to the result. Default: none.</summary>
    public Activation Activation { get; set; }

    /// <summary>
    /// <see langword="false"/> freezes the layer: scale, bias and the running statistics stay as they are, and training
    /// normalises with the running statistics as prediction does (Keras's meaning). Default: <see langword="true"/>.
    /// </summary>
    public bool Trainable { get; set; } = true;
}
