using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetDsl.Samples;

/// <summary>Every figure of a run, as <c>--json</c> writes it.</summary>
internal sealed record RunReport
{
    public required string Device { get; init; }
    public required long Seed { get; init; }
    public required int Batch { get; init; }

    /// <summary>Share of the test samples that were answered right; missing where the task has no right and wrong.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>Area under the receiver operating characteristic; of yes-or-no tasks.</summary>
    public double? TestRocAuc { get; init; }
    public double? TestLoss { get; init; }
    public int TestSamples { get; init; }

    /// <summary>Seconds from the start of the process to the end of the first step, the data's loading among them.</summary>
    public double? FirstStepSeconds { get; init; }

    /// <summary>Seconds of the training, validation included.</summary>
    public required double Seconds { get; init; }
    public double TestSeconds { get; init; }

    /// <summary>Seconds from the first line of the sample to this report.</summary>
    public required double TotalSeconds { get; init; }

    /// <summary>Full path of the saved weights.</summary>
    public required string Weights { get; init; }
    public bool Cancelled { get; init; }
    public IReadOnlyList<string> Warnings { get; init; } = [];
    public IReadOnlyList<EpochFigures> Epochs { get; init; } = [];
    public IReadOnlyList<ClassFigures> Classes { get; init; } = [];

    /// <summary>Samples by label (rows) and answer (columns).</summary>
    public long[][] Confusion { get; init; } = [];
    public required IReadOnlyList<float> StepLosses { get; init; }

    public static RunReport Of(SampleRun run, FitResult fit, EvaluationReport test, double? firstStepSeconds, double totalSeconds)
    {
        ClassificationReport? classes = test.Losses.OfType<ClassificationReport>().FirstOrDefault();
        int count = classes?.Classes.Count is { } known and <= 1024 ? known : 0; // There are no pairs of more classes.
        return new RunReport
        {
            Device = fit.Device,
            Seed = run.Seed,
            Batch = run.Batch,
            TestAccuracy = Known(test.Accuracy),
            TestRocAuc = Known(test.Losses.OfType<BinaryReport>().FirstOrDefault()?.RocAuc),
            TestLoss = Known(test.Loss),
            TestSamples = test.Samples,
            FirstStepSeconds = firstStepSeconds,
            Seconds = fit.Seconds,
            TestSeconds = test.Seconds,
            TotalSeconds = totalSeconds,
            Weights = Path.GetFullPath(run.Weights),
            Cancelled = fit.Cancelled,
            Warnings = fit.Warnings,
            Epochs = [.. fit.Epochs.Select(EpochFigures.Of)],
            Classes = classes?.Classes ?? [],
            Confusion = [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, count).Select(j => classes!.Confusion(i, j)).ToArray())],
            StepLosses = fit.StepLosses,
        };
    }

    /// <summary>Of a sample that trains in a loop of its own.</summary>
    public static RunReport Of(SampleRun run, IReadOnlyList<float> stepLosses, double seconds, double totalSeconds) => new()
    {
        Device = run.Device.Name,
        Seed = run.Seed,
        Batch = run.Batch,
        Seconds = seconds,
        TotalSeconds = totalSeconds,
        Weights = Path.GetFullPath(run.Weights),
        StepLosses = stepLosses,
    };

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, RunReportJson.Default.RunReport) + "\n");

    /// <summary>JSON has no NaN.</summary>
    private static double? Known(double? value) => value is { } known && double.IsFinite(known) ? known : null;
}

/// <summary>Figures of an epoch.</summary>
internal sealed record EpochFigures(int Epoch, double Loss, double? ValidationLoss, double? ValidationAccuracy, double Seconds, double SamplesPerSecond)
{
    public static EpochFigures Of(EpochResult epoch) =>
        new(epoch.Epoch, epoch.Loss, epoch.Validation?.Loss, epoch.Validation?.Accuracy, epoch.Seconds, epoch.SamplesPerSecond);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunReport))]
internal sealed partial class RunReportJson : JsonSerializerContext;
