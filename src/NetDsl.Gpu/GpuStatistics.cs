using NetDsl.Networks;

namespace NetDsl.Gpu;

/// <summary>What a network has asked of its device since it was made. Runs that are under way are not counted yet.</summary>
/// <param name="Launches">Launches of kernels, the optimizer's included.</param>
/// <param name="Uploads">Copies to the device.</param>
/// <param name="UploadedBytes">Bytes that they copied.</param>
/// <param name="Downloads">Copies from the device.</param>
/// <param name="DownloadedBytes">Bytes that they copied.</param>
public readonly record struct GpuStatistics(long Launches, long Uploads, long UploadedBytes, long Downloads, long DownloadedBytes)
{
    /// <summary>The counters of a network.</summary>
    /// <param name="runtime">The network.</param>
    /// <returns>The counters, or <see langword="null"/> where it does not run on a device of <c>NetDsl.Gpu</c>.</returns>
    public static GpuStatistics? Of(NetworkRuntime runtime)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        return (runtime.Engine as GpuEngine)?.Statistics;
    }

    /// <summary>What was asked between two readings.</summary>
    public static GpuStatistics operator -(GpuStatistics later, GpuStatistics earlier) => later.Subtract(earlier);

    /// <summary>The named form of <c>-</c>.</summary>
    /// <param name="earlier">An earlier reading.</param>
    public GpuStatistics Subtract(GpuStatistics earlier) => new(
        Launches - earlier.Launches,
        Uploads - earlier.Uploads,
        UploadedBytes - earlier.UploadedBytes,
        Downloads - earlier.Downloads,
        DownloadedBytes - earlier.DownloadedBytes);
}

/// <summary>Counters of one thread's work.</summary>
internal struct GpuCount
{
    public long Launches;
    public long Uploads;
    public long UploadedBytes;
    public long Downloads;
    public long DownloadedBytes;
}
