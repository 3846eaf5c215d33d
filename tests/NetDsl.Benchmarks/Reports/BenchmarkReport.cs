using System.Text.Json;
using System.Text.Json.Serialization;
using NetDsl.Benchmarks.Workloads;

namespace NetDsl.Benchmarks.Reports;

/// <summary>Every figure of a run, as <c>--json</c> writes it.</summary>
internal sealed record BenchmarkReport
{
    public required string Command { get; init; }

    /// <summary>As it was asked for, and in the device's own words.</summary>
    public required string Device { get; init; }
    public required string DeviceName { get; init; }
    public required string? Ilgpu { get; init; }
    public required string Dotnet { get; init; }
    public required string System { get; init; }
    public required int Processors { get; init; }
    public required DateTimeOffset Date { get; init; }
    public required double PeakGflops { get; init; }
    public required double PeakGigabytesPerSecond { get; init; }
    public required string PeakHow { get; init; }

    /// <summary>What the peers run on, or why there are none.</summary>
    public required string Peers { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
    public required IReadOnlyList<BenchmarkRow> Rows { get; init; }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, BenchmarkJson.Default.BenchmarkReport) + "\n");
}

/// <summary>One network, one kind of step, one batch.</summary>
internal sealed record BenchmarkRow
{
    public required string Name { get; init; }
    public required string Device { get; init; }
    public required int Batch { get; init; }

    /// <summary>The median of a step.</summary>
    public required double Microseconds { get; init; }
    public required double SamplesPerSecond { get; init; }

    /// <summary>Of one step; absent on a device that keeps no statistics.</summary>
    public required double? Launches { get; init; }
    public required double? BytesToDevice { get; init; }
    public required double? BytesFromDevice { get; init; }
    public required long Flops { get; init; }
    public required double Gflops { get; init; }
    public required double PeakFraction { get; init; }

    /// <summary>Least traffic of the step over its time, as a share of the measured bandwidth. Above 1 where caches hold what the model counts.</summary>
    public required double BandwidthFraction { get; init; }
    public required IReadOnlyList<PeerFigure> Peers { get; init; }

    /// <summary>Empty unless asked for.</summary>
    public required IReadOnlyList<KernelFigure> Kernels { get; init; }
}

/// <summary>The same step elsewhere.</summary>
/// <param name="Name">Who.</param>
/// <param name="Microseconds">The median of a step.</param>
/// <param name="Ratio">NetDsl's time over it: below 1, NetDsl is faster.</param>
internal sealed record PeerFigure(string Name, double Microseconds, double Ratio);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BenchmarkReport))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
