using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetDsl.Benchmarks.Reports;

/// <summary>Every figure of the command <c>roofline</c>, as <c>--json</c> writes it.</summary>
internal sealed record RooflineReport
{
    public required string Dotnet { get; init; }
    public required int Processors { get; init; }
    public required DateTimeOffset Date { get; init; }

    /// <summary>The measured peaks, for people.</summary>
    public required IReadOnlyList<string> Peaks { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
    public required IReadOnlyList<RooflineRow> Rows { get; init; }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, RooflineJson.Default.RooflineReport) + "\n");
}

/// <summary>One layer and direction, or one product.</summary>
internal sealed record RooflineRow
{
    /// <summary>Network and program (<c>MnistCnn train</c>), or <c>product</c>.</summary>
    public required string Program { get; init; }

    /// <summary>Layer, direction and shapes.</summary>
    public required string Section { get; init; }
    public required int Batch { get; init; }
    public required int Threads { get; init; }
    public required double Flops { get; init; }
    public required double Bytes { get; init; }

    /// <summary>The median.</summary>
    public required double Microseconds { get; init; }

    /// <summary>The tenth part of the times is at most this: what it takes while nobody else is at work on the machine.</summary>
    public required double QuietMicroseconds { get; init; }

    /// <summary>What the machine allows at least: the larger of multiply-adds and memory.</summary>
    public required double BoundMicroseconds { get; init; }

    /// <summary><c>multiply-adds</c> or <c>memory</c>.</summary>
    public required string Bound { get; init; }

    /// <summary>The bound over the median.</summary>
    public double Share => BoundMicroseconds / Microseconds;

    /// <summary>The bound over the quiet time.</summary>
    public double QuietShare => BoundMicroseconds / QuietMicroseconds;
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RooflineReport))]
internal sealed partial class RooflineJson : JsonSerializerContext;
