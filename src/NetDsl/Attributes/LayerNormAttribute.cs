namespace NetDsl;

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton 2016) of each row, which is the last axis:
/// y = activation(scale[c] · (x - mean) / sqrt(variance + epsilon) + bias[c]). Any shape of at least one axis, kept.
/// </summary>
/// <example><code>[Dense(64), LayerNorm(Activation = Activation.GELU)]</code></example>
/// <remarks>
/// Mean and (biased) variance run over the elements of a row alone, so training and prediction are the same and a sample
/// never depends on its batch. Parameters: <c>scale</c> (starts at 1) and <c>bias</c> (at 0), one per element of a row.
/// </remarks>
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>What is added to the variance; more than 0. Default: 1e-5 (PyTorch's; Keras has 1e-3).</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Applied to the result. Default: none.</summary>
    public Activation Activation { get; set; }

    /// <summary><see langword="false"/> freezes scale and bias. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
