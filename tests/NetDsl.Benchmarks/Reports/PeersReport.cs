using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetDsl.Benchmarks.Reports;

/// <summary>Every figure of the command <c>peers</c>, as <c>--json</c> writes it.</summary>
internal sealed record PeersReport
{
    public required string Dotnet { get; init; }
    public required string System { get; init; }
    public required int Processors { get; init; }
    public required string Vectors { get; init; }
    public required DateTimeOffset Date { get; init; }
    public required string TorchSharp { get; init; }
    public required string OnnxRuntime { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
    public required IReadOnlyList<PeersRow> Rows { get; init; }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, PeersJson.Default.PeersReport) + "\n");
}

/// <summary>One pair.</summary>
internal sealed record PeersRow
{
    public required string Name { get; init; }

    /// <summary>The median of a step.</summary>
    public required double NetdslMicroseconds { get; init; }

    /// <summary>The peer at its better number of threads.</summary>
    public required string Peer { get; init; }
    public required double PeerMicroseconds { get; init; }

    /// <summary>NetDsl's time over the peer's: below 1, NetDsl is faster.</summary>
    public required double Ratio { get; init; }

    /// <summary>NetDsl's share of the multiply-add peak that was measured beside this row.</summary>
    public required double PeakFraction { get; init; }

    /// <summary>That peak.</summary>
    public required double PeakGflops { get; init; }

    /// <summary>Every contestant's median by its name.</summary>
    public required IReadOnlyDictionary<string, double> Contestants { get; init; }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PeersReport))]
internal sealed partial class PeersJson : JsonSerializerContext;
