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
public sealed class SeparableConv2DAttribute : Convolution2DAttribute
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
}
