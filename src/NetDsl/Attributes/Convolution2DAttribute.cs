namespace NetDsl;

/// <summary>What the convolutions of images have in common: the window's way over the image, the activation, the bias and how the tensors start.</summary>
public abstract class Convolution2DAttribute : WeightedLayerAttribute
{
    private protected Convolution2DAttribute()
    {
    }

    /// <summary>Step of the window in both directions; at least 1. Default: 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>How the border is treated. Default: <see cref="Padding.Valid"/>. Not together with <see cref="Pad"/>.</summary>
    public Padding Padding { get; set; }

    /// <summary>
    /// Zeros on each of the four sides, as PyTorch's <c>padding</c>; 0 or more. Under a stride this differs from
    /// <see cref="Padding.Same"/>, which pads more after than before. Not together with <see cref="Padding"/>. Default: 0.
    /// </summary>
    public int Pad { get; set; }

    /// <summary>Distance of the kernel's taps in both directions; at least 1. Default: 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Applied to the result. Default: none.</summary>
    public Activation Activation { get; set; }

    /// <summary>Whether b is added. Default: <see langword="true"/>.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How w starts. Default: <see cref="Initializer.HeUniform"/> before the ReLU family, <see cref="Initializer.LecunNormal"/> before SELU, else <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer KernelInitializer { get; set; }

    /// <summary>How b starts. Default: <see cref="Initializer.Zeros"/>.</summary>
    public Initializer BiasInitializer { get; set; }

    /// <summary><see langword="false"/> freezes the layer's tensors: the optimizer leaves them as they are. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
