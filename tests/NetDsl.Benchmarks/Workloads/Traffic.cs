using NetDsl.Gpu;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>Launches and bytes between host and device, of a step or of everything so far.</summary>
internal readonly record struct Traffic(double Launches, double BytesToDevice, double BytesFromDevice)
{
    /// <summary>What a network's device has done so far; <see langword="null"/> on one that keeps no statistics.</summary>
    public static Traffic? Of(SampleNetwork network) => GpuStatistics.Of(network.Network.Runtime) is { } done
        ? new Traffic(done.Launches, done.UploadedBytes, done.DownloadedBytes)
        : null;

    /// <summary>The mean of a step over several.</summary>
    public static Traffic? PerStep(Traffic? before, Traffic? after, int steps) => before is { } first && after is { } last
        ? new Traffic((last.Launches - first.Launches) / steps, (last.BytesToDevice - first.BytesToDevice) / steps, (last.BytesFromDevice - first.BytesFromDevice) / steps)
        : null;
}
