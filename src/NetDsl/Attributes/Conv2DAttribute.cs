namespace NetDsl;

/// <summary>
/// A 2D convolution (cross-correlation): y[i, j, f] = activation(b[f] + the sum over u, v, c of
/// x[i·stride + u·dilation - pad, j·stride + v·dilation - pad, c] · w[u, v, c, f]). Shape (height, width, channels) becomes
/// (height', width', filters), where n' = floor((n + padding - dilation·(kernel - 1) - 1) / stride) + 1.
/// </summary>
/// <example><code>[Conv2D(32, 3, Activation = Activation.ReLU)]</code></example>
/// <remarks>
/// Parameters: <c>weight</c> (kernelHeight, kernelWidth, channels, filters) and <c>bias</c> (filters), laid out as in
/// Keras; PyTorch has (filters, channels, kernelHeight, kernelWidth).
/// </remarks>
public sealed class Conv2DAttribute : LayerAttribute
{
    /// <summary>A convolution with a square kernel.</summary>
    /// <param name="filters">Channels of the result; at least 1.</param>
    /// <param name="kernel">Height and width of the kernel; at least 1.</param>
    public Conv2DAttribute(int filters, int kernel)
        : this(filters, kernel, kernel)
    {
    }

    /// <summary>A convolution with a rectangular kernel.</summary>
    /// <param name="filters">Channels of the result; at least 1.</param>
    /// <param name="kernelHeight">Height of the kernel; at least 1.</param>
    /// <param name="kernelWidth">Width of the kernel; at least 1.</param>
    public Conv2DAttribute(int filters, int kernelHeight, int kernelWidth)
    {
        Filters = filters;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>Channels of the result.</summary>
    public int Filters { get; }

    /// <summary>Height of the kernel.</summary>
    public int KernelHeight { get; }

    /// <summary>Width of the kernel.</summary>
    public int KernelWidth { get; }

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
