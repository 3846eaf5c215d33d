namespace NetDsl;

/// <summary>
/// The two dense layers of a transformer's block, on the last axis: y = activation(x W₁ + b₁) W₂ + b₂. Shape (..., width), kept.
/// </summary>
/// <param name="units">Elements between the two; at least 1. Usually four times the width.</param>
/// <example><code>[FeedForward(512)]</code></example>
/// <remarks>Parameters: <c>up/weight</c> (width, units), <c>up/bias</c>, <c>down/weight</c> (units, width), <c>down/bias</c>.</remarks>
public sealed class FeedForwardAttribute(int units) : WeightedLayerAttribute
{
    /// <summary>Elements between the two layers.</summary>
    public int Units { get; } = units;

    /// <summary>Applied between the two. Default: <see cref="Activation.GELU"/>.</summary>
    public Activation Activation { get; set; } = Activation.GELU;

    /// <summary>Whether biases are added. Default: <see langword="true"/>.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the weights start. Default: <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer KernelInitializer { get; set; }

    /// <summary>How the biases start. Default: <see cref="Initializer.Zeros"/>.</summary>
    public Initializer BiasInitializer { get; set; }

    /// <summary><see langword="false"/> freezes the layer's tensors. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
