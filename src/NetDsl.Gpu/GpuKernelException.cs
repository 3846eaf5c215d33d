namespace NetDsl.Gpu;

/// <summary>A kernel failed to compile or to launch. Names the kernel, its layer and the device.</summary>
public sealed class GpuKernelException : GpuException
{
    /// <summary>A failure without words.</summary>
    public GpuKernelException()
    {
    }

    /// <inheritdoc cref="GpuException(string)"/>
    public GpuKernelException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="GpuException(string, Exception)"/>
    public GpuKernelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The kernel's name in generated code.</summary>
    public string Kernel { get; init; } = "";

    /// <summary>Path of the kernel's layer.</summary>
    public string Layer { get; init; } = "";

    /// <summary>The device in words.</summary>
    public string Device { get; init; } = "";
}
