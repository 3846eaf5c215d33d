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
public sealed class DepthwiseConv2DAttribute : Convolution2DAttribute
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
}
