namespace NetDsl;

/// <summary>
/// A convolution along time (a cross-correlation, as in Keras and PyTorch): y = activation(x * w + b). Shape (time, features) becomes (time', filters), where
/// t' = floor((t + padding - dilation · (kernel - 1) - 1) / stride) + 1.
/// </summary>
/// <param name="filters">Features of the result; at least 1.</param>
/// <param name="kernel">Steps of the filters; at least 1.</param>
/// <example><code>[Conv1D(64, 5, Activation = Activation.ReLU)]</code></example>
/// <remarks>Parameters: <c>weight</c> (kernel, features, filters) and <c>bias</c> (filters), as Keras has them; PyTorch has (filters, features, kernel).</remarks>
public sealed class Conv1DAttribute(int filters, int kernel) : WeightedLayerAttribute
{
    /// <summary>Features of the result.</summary>
    public int Filters { get; } = filters;

    /// <summary>Steps of the filters.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>Step of the filters; at least 1. Default: 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>How the ends are treated. Default: <see cref="Padding.Valid"/>. Not together with <see cref="Pad"/> or <see cref="Causal"/>.</summary>
    public Padding Padding { get; set; }

    /// <summary>Padding at both ends. Not together with <see cref="Padding"/> or <see cref="Causal"/>. Default: 0.</summary>
    public int Pad { get; set; }

    /// <summary>
    /// Pads before the first step alone, so that no step sees a later one (Keras's <c>padding="causal"</c>). Not together with <see cref="Padding"/> or <see cref="Pad"/>. Default:
    /// <see langword="false"/>.
    /// </summary>
    public bool Causal { get; set; }

    /// <summary>Distance of a filter's neighbouring steps; at least 1. Default: 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Applied to the result. Default: none.</summary>
    public Activation Activation { get; set; }

    /// <summary>Whether a bias is added. Default: <see langword="true"/>.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the weights start. Default: <see cref="Initializer.HeUniform"/> before the ReLU family, <see cref="Initializer.LecunNormal"/> before SELU, else <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer KernelInitializer { get; set; }

    /// <summary>How the bias starts. Default: <see cref="Initializer.Zeros"/>.</summary>
    public Initializer BiasInitializer { get; set; }

    /// <summary><see langword="false"/> freezes the layer's tensors. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
