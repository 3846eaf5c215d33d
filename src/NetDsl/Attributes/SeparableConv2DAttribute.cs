namespace NetDsl;

/// <summary>
/// A convolution in two steps: each channel by itself, as <see cref="DepthwiseConv2DAttribute"/>, then 1 x 1 over the channels (Chollet 2017). Shape (height, width, channels)
/// becomes (height', width', filters), where n' is as in <see cref="Conv2DAttribute"/>.
/// </summary>
/// <example><code>[SeparableConv2D(64, 3, Padding = Padding.Same, Activation = Activation.ReLU)]</code></example>
/// <remarks>
/// Parameters: <c>depthwise</c> (kernelHeight, kernelWidth, channels, m), <c>pointwise</c> (1, 1, channels·m, filters) and <c>bias</c> (filters), laid out as in Keras's
/// <c>SeparableConv2D</c>, with m the <see cref="DepthMultiplier"/>.
/// </remarks>
public sealed class SeparableConv2DAttribute : LayerAttribute
{
    /// <summary>Square filters.</summary>
    /// <param name="filters">Channels of the result; at least 1.</param>
    /// <param name="kernel">Height and width of the filters; at least 1.</param>
    public SeparableConv2DAttribute(int filters, int kernel)
        : this(filters, kernel, kernel)
    {
    }

    /// <summary>Rectangular filters.</summary>
    /// <param name="filters">Channels of the result; at least 1.</param>
    /// <param name="kernelHeight">Height of the filters; at least 1.</param>
    /// <param name="kernelWidth">Width of the filters; at least 1.</param>
    public SeparableConv2DAttribute(int filters, int kernelHeight, int kernelWidth)
    {
        Filters = filters;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>Channels of the result.</summary>
    public int Filters { get; }

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
