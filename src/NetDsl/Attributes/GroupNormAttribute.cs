namespace NetDsl;

/// <summary>
/// Group normalisation (Wu and He 2018): the channels, which are the last axis, form <c>groups</c> of neighbours, and each group of a sample is
/// normalised over its channels and all places: y = activation(scale[c] · (x - mean) / sqrt(variance + epsilon) + bias[c]). Any shape of at least one
/// axis, kept.
/// </summary>
/// <param name="groups">Groups; divides the channels. 1 normalises a sample as a whole, as many as there are channels is instance normalisation.</param>
/// <example><code>[Conv2D(32, 3), GroupNorm(8, Activation = Activation.ReLU)]</code></example>
/// <remarks>
/// Training and prediction are the same and a sample never depends on its batch. Parameters: <c>scale</c> (starts at 1) and
/// <c>bias</c> (at 0), one per channel.
/// </remarks>
public sealed class GroupNormAttribute(int groups) : LayerAttribute
{
    /// <summary>Groups of channels.</summary>
    public int Groups { get; } = groups;

    /// <summary>What is added to the variance; more than 0. Default: 1e-5 (PyTorch's; Keras has 1e-3).</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Applied to the result. Default: none.</summary>
    public Activation Activation { get; set; }

    /// <summary><see langword="false"/> freezes scale and bias. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
