namespace NetDsl;

/// <summary>
/// A fully connected layer on the last axis: y = activation(x W + b). Shape (..., inputs) becomes (..., units).
/// </summary>
/// <param name="units">Extent of the new last axis; at least 1.</param>
/// <example><code>[Dense(128, Activation = Activation.ReLU)]</code></example>
/// <remarks>
/// Parameters: <c>weight</c> (inputs, units) and <c>bias</c> (units). As Keras's <c>Dense</c>; PyTorch's <c>Linear</c>
/// stores the transpose. On an image it works on the channels alone, which is rarely meant: put
/// <see cref="FlattenAttribute"/> before it (the compiler warns).
/// </remarks>
public sealed class DenseAttribute(int units) : WeightedLayerAttribute
{
    /// <summary>Extent of the new last axis.</summary>
    public int Units { get; } = units;

    /// <summary>Applied to the result. Default: none.</summary>
    public Activation Activation { get; set; }

    /// <summary>Whether b is added. Default: <see langword="true"/>.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How W starts. Default: <see cref="Initializer.HeUniform"/> before the ReLU family, <see cref="Initializer.LecunNormal"/> before SELU, else <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer KernelInitializer { get; set; }

    /// <summary>How b starts. Default: <see cref="Initializer.Zeros"/>.</summary>
    public Initializer BiasInitializer { get; set; }

    /// <summary><see langword="false"/> freezes the layer's tensors: the optimizer leaves them as they are. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
