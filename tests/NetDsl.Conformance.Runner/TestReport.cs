using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetDsl.Conformance.Runner;

/// <summary>The results of a run.</summary>
internal sealed record TestReport(string Assembly, DateTimeOffset Date, IReadOnlyList<TestResult> Tests)
{
    public int Passed => Count("passed");

    public int Failed => Count("failed");

    public int Skipped => Count("skipped");

    [JsonIgnore]
    public string Summary => $"{Passed} passed, {Failed} failed, {Skipped} skipped";

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, TestReportJson.Default.TestReport) + "\n");

    private int Count(string outcome) => Tests.Count(test => test.Outcome == outcome);
}

/// <summary>One test: passed, failed or skipped, and why.</summary>
internal sealed record TestResult(string Name, string Outcome, decimal Seconds, string Reason);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TestReport))]
internal sealed partial class TestReportJson : JsonSerializerContext;
