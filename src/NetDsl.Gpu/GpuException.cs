namespace NetDsl.Gpu;

/// <summary>A device of <c>NetDsl.Gpu</c> failed.</summary>
public class GpuException : Exception
{
    /// <summary>A failure without words.</summary>
    public GpuException()
    {
    }

    /// <summary>A failure in words.</summary>
    /// <param name="message">What failed, where.</param>
    public GpuException(string message)
        : base(message)
    {
    }

    /// <summary>A failure in words, and what the driver said.</summary>
    /// <param name="message">What failed, where.</param>
    /// <param name="innerException">The driver's or ILGPU's exception.</param>
    public GpuException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
