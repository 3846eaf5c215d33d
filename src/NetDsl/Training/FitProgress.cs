namespace NetDsl;

/// <summary>Where a training stands.</summary>
public readonly record struct FitProgress
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs in all.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps of this epoch that are done.</summary>
    public required int Step { get; init; }

    /// <summary>Steps of an epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>Loss of the last step.</summary>
    public required float StepLoss { get; init; }

    /// <summary>Mean loss of the epoch's samples so far.</summary>
    public required double Loss { get; init; }

    /// <summary>Samples trained on per second in this epoch.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>The epoch's figures, where the epoch has just ended (once more after its last step); else <see langword="null"/>.</summary>
    public EpochResult? Completed { get; init; }
}
