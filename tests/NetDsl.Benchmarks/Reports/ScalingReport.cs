using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetDsl.Benchmarks.Reports;

/// <summary>Every figure of the command <c>scaling</c>, as <c>--json</c> writes it.</summary>
internal sealed record ScalingReport(string Dotnet, int Threads, DateTimeOffset Date, IReadOnlyList<string> Notes, IReadOnlyList<ScalingCurve> Curves)
{
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, ScalingJson.Default.ScalingReport) + "\n");
}

/// <summary>A step's time as one number grows.</summary>
/// <param name="Name">Network and program.</param>
/// <param name="Axis"><c>batch</c> or <c>width</c>.</param>
/// <param name="Points">In ascending order.</param>
internal sealed record ScalingCurve(string Name, string Axis, IReadOnlyList<ScalingPoint> Points);

/// <summary>One step.</summary>
/// <param name="At">The batch or the width.</param>
/// <param name="Microseconds">The median.</param>
/// <param name="Gflops">Operations in 10^9 a second.</param>
internal sealed record ScalingPoint(int At, double Microseconds, double Gflops);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScalingReport))]
internal sealed partial class ScalingJson : JsonSerializerContext;
