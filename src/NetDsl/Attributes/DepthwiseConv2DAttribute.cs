namespace NetDsl;

/// <summary>
/// A 2D convolution of each channel by itself: y[i, j, c·m + k] = activation(b[c·m + k] + the sum over u, v of
/// x[i·stride + u·dilation - pad, j·stride + v·dilation - pad, c] · w[u, v, c, k]), with m the <see cref="DepthMultiplier"/>. Shape (height, width, channels) becomes
/// (height', width', channels·m), where n' is as in <see cref="Conv2DAttribute"/>.
/// </summary>
/// <example><code>[DepthwiseConv2D(3, Padding = Padding.Same)]</code></example>
/// <remarks>
/// Parameters: <c>weight</c> (kernelHeight, kernelWidth, channels, m) and <c>bias</c> (channels·m), laid out as in Keras's <c>DepthwiseConv2D</c>; PyTorch has
/// <c>Conv2d</c> with <c>groups=channels</c> and (channels·m, 1, kernelHeight, kernelWidth).
/// </remarks>
public sealed class DepthwiseConv2DAttribute : LayerAttribute
{
    /// <summary>Square filters.</summary>
    /// <param name="kernel">Height and width of the filters; at least 1.</param>
    public DepthwiseConv2DAttribute(int kernel)
        : this(kernel, kernel)
    {
    }

    /// <summary>Rectangular filters.</summary>
    /// <param name="kernelHeight">Height of the filters; at least 1.</param>
    /// <param name="kernelWidth">Width of the filters; at least 1.</param>
    public DepthwiseConv2DAttribute(int kernelHeight, int kernelWidth)
    {
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>Height of the filters.</summary>
    public int KernelHeight { get; }

    /// <summary>Width of the filters.</summary>
    public int KernelWidth { get; }

    /// <summary>Filters of each channel; at least 1. Channel c gives the channels c·m to c·m + m - 1. Default: 1.</summary>
    public int DepthMultiplier { get; set; } = 1;

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
