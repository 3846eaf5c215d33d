using System.Runtime.InteropServices;
using NetDsl.Benchmarks.Commands;
using NetDsl.Benchmarks.Reports;
using NetDsl.Benchmarks.Workloads;

namespace NetDsl.Benchmarks.Peaks;

/// <summary>The device that a network was put on: whether it is this machine's CPU, and what it can do.</summary>
internal sealed class MeasuredDevice
{
    private MeasuredDevice(string description) => Description = description;

    /// <summary>In words.</summary>
    public string Description { get; }

    /// <summary>Whether it is this machine's CPU, by whatever way it is reached.</summary>
    public bool IsCpu { get; private init; }

    /// <summary>Threads that it uses of the CPU.</summary>
    public int Threads { get; private init; }

    public static MeasuredDevice Of(SampleNetwork network) => new(network.Network.Runtime.DeviceDescription) { IsCpu = true, Threads = Environment.ProcessorCount };

    public DevicePeak MeasurePeak() => CpuPeak.Measure(Threads);

    public BenchmarkReport Report(GpuRequest request, DevicePeak peak, string peers, IReadOnlyList<string> notes, IReadOnlyList<BenchmarkRow> rows) => new()
    {
        Command = "gpu",
        Device = request.Device.Name,
        DeviceName = Description,
        Ilgpu = null,
        Dotnet = Environment.Version.ToString(),
        System = RuntimeInformation.RuntimeIdentifier,
        Processors = Environment.ProcessorCount,
        Date = DateTimeOffset.UtcNow,
        PeakGflops = peak.Gflops,
        PeakGigabytesPerSecond = peak.GigabytesPerSecond,
        PeakHow = peak.How,
        Peers = peers,
        Notes = notes,
        Rows = rows,
    };
}
