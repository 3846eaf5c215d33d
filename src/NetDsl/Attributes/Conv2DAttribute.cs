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
public sealed class Conv2DAttribute : Convolution2DAttribute
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
}
