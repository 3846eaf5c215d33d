namespace NetDsl.Gpu;

/// <summary>The device's memory does not suffice. Says what was needed, for what, and what is free.</summary>
public sealed class GpuMemoryException : GpuException
{
    /// <summary>A failure without words.</summary>
    public GpuMemoryException()
    {
    }

    /// <inheritdoc cref="GpuException(string)"/>
    public GpuMemoryException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="GpuException(string, Exception)"/>
    public GpuMemoryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Bytes that were asked for.</summary>
    public long Needed { get; init; }

    /// <summary>Bytes that the device had free.</summary>
    public long Free { get; init; }
}
