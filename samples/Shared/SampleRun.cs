using System.Diagnostics;

namespace NetDsl.Samples;

/// <summary>One run of a sample: its options, the display of its training and its report.</summary>
public sealed class SampleRun
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private FirstStep? _first;

    /// <summary>Passes over the training data.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples of a step.</summary>
    public required int Batch { get; init; }

    /// <summary>The start of every random number.</summary>
    public required long Seed { get; init; }

    /// <summary>Where to compute.</summary>
    public required Device Device { get; init; }

    /// <summary>Training samples to use at most.</summary>
    public required int Limit { get; init; }

    /// <summary>The file for the weights.</summary>
    public required string Weights { get; init; }

    /// <summary>The file for the figures, or <see langword="null"/>.</summary>
    public required string? Json { get; init; }

    /// <summary>Trains under a progress bar and a table of epochs; as plain lines where the output is no terminal.</summary>
    /// <param name="fit">The training; it reports to what it is given.</param>
    public FitResult Train(Func<IProgress<FitProgress>, FitResult> fit)
    {
        FitResult result = TrainingDisplay.Run(Epochs, display => fit(_first = new FirstStep(display)));
        foreach (string warning in result.Warnings) Console.WriteLine($"warning: {warning}");
        if (result.Cancelled) Console.WriteLine($"Stopped after {result.StepLosses.Count} steps. What they taught is kept.");
        Console.WriteLine();
        return result;
    }

    /// <summary>Writes the figures where they were asked for, and says what the run left behind.</summary>
    /// <param name="fit">The training.</param>
    /// <param name="test">The finished network on data it was not trained on.</param>
    public void Report(FitResult fit, EvaluationReport test)
    {
        Report(RunReport.Of(this, fit, test, _first?.Seconds, Stopwatch.GetElapsedTime(_started).TotalSeconds));
    }

    /// <summary>The same for a sample with a loop of its own.</summary>
    /// <param name="stepLosses">The loss of each step.</param>
    /// <param name="seconds">Seconds of the training.</param>
    public void Report(IReadOnlyList<float> stepLosses, double seconds) =>
        Report(RunReport.Of(this, stepLosses, seconds, Stopwatch.GetElapsedTime(_started).TotalSeconds));

    private void Report(RunReport report)
    {
        Console.WriteLine();
        Console.WriteLine(FormattableString.Invariant($"Trained in {report.Seconds:0.0} s. The weights are in {Weights}."));
        if (Json is null) return;
        report.Write(Json);
        Console.WriteLine($"The figures are in {Json}.");
    }
}
