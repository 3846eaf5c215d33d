namespace NetDsl;

/// <summary>
/// A transposed convolution, the gradient of <see cref="Conv2DAttribute"/> by its input: every pixel spreads over a kernel's area, stride pixels apart from its
/// neighbour's. Shape (height, width, channels) becomes (height', width', filters), where n' = (n - 1) · stride + dilation · (kernel - 1) + 1, less
/// the padding; with <see cref="Padding.Same"/> n' = n · stride.
/// </summary>
/// <param name="filters">Channels of the result; at least 1.</param>
/// <param name="kernel">Height and width of the filters; at least 1.</param>
/// <example><code>[ConvTranspose2D(16, 2, Stride = 2)]</code></example>
/// <remarks>
/// Parameters: <c>weight</c> (kernel, kernel, filters, channels) and <c>bias</c> (filters). As Keras's <c>Conv2DTranspose</c>, which has the same layout, and PyTorch's
/// <c>ConvTranspose2d</c>, which has (channels, filters, kernel, kernel).
/// </remarks>
public sealed class ConvTranspose2DAttribute(int filters, int kernel) : WeightedLayerAttribute
{
    /// <summary>Channels of the result.</summary>
    public int Filters { get; } = filters;

    /// <summary>Height and width of the filters.</summary>
    public int Kernel { get; } = kernel;

    /// <summary>Distance of neighbouring pixels in the result; at least 1. Default: 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>How the border is treated. Default: <see cref="Padding.Valid"/>. Not together with <see cref="Pad"/>.</summary>
    public Padding Padding { get; set; }

    /// <summary>Rows and columns that are cut from each side of the result. Not together with <see cref="Padding"/>. Default: 0.</summary>
    public int Pad { get; set; }

    /// <summary>Distance of a kernel's neighbouring elements; at least 1. Default: 1.</summary>
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
