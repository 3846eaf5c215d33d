namespace NetDsl;

/// <summary>What a training did.</summary>
public sealed class FitResult
{
    internal FitResult(string device, IReadOnlyList<EpochResult> epochs, IReadOnlyList<float> stepLosses, IReadOnlyList<string> warnings, bool cancelled, double seconds)
    {
        (Device, Epochs, StepLosses, Warnings, Cancelled, Seconds) = (device, epochs, stepLosses, warnings, cancelled, seconds);
    }

    /// <summary>Where it ran, and why there.</summary>
    public string Device { get; }

    /// <summary>Figures of each completed epoch.</summary>
    public IReadOnlyList<EpochResult> Epochs { get; }

    /// <summary>The loss of each step, in order: the mean over its samples, before the step.</summary>
    public IReadOnlyList<float> StepLosses { get; }

    /// <summary>What was said about the data, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Whether it was stopped before its last step; what was learned until then is kept.</summary>
    public bool Cancelled { get; }

    /// <summary>Seconds in all.</summary>
    public double Seconds { get; }
}

/// <summary>Figures of one epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">Mean loss over the samples as they were trained on, so of a network that still changed.</param>
/// <param name="Validation">The validation data measured after the epoch, or <see langword="null"/>.</param>
/// <param name="Seconds">Seconds of training, without validation.</param>
/// <param name="SamplesPerSecond">Samples trained on per second.</param>
public sealed record EpochResult(int Epoch, double Loss, EvaluationReport? Validation, double Seconds, double SamplesPerSecond);
