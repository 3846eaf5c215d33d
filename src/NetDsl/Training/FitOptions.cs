namespace NetDsl;

/// <summary>How a network is trained.</summary>
public sealed record FitOptions
{
    private readonly int _epochs = 1;
    private readonly int _batchSize = 32;
    private readonly double _validationSplit;

    /// <summary>Passes over the training data, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Epochs { get => _epochs; init => _epochs = AtLeastOne(nameof(Epochs), value); }

    /// <summary>Samples of a step, at least 1. The last step of an epoch has those that are left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int BatchSize { get => _batchSize; init => _batchSize = AtLeastOne(nameof(BatchSize), value); }

    /// <summary>How the network learns from its gradients; <see cref="Adam"/> unless set.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>
    /// The share of the data, 0 to less than 1, that is not trained on and measured after each epoch: as in Keras, the last
    /// samples in the data's own order, before any shuffling. Data sorted by class want <see cref="DataSet.Split"/> and
    /// <see cref="Validation"/> instead.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or 1 or more.</exception>
    public double ValidationSplit
    {
        get => _validationSplit;
        init => _validationSplit = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ValidationSplit), value, "ValidationSplit is a share of the samples: at least 0 and less than 1.");
    }

    /// <summary>Samples that are measured after each epoch; instead of <see cref="ValidationSplit"/>.</summary>
    public DataSet? Validation { get; init; }

    /// <summary>Whether each epoch goes through the samples in a new random order.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>The seed of the shuffling; the network's seed where it is <see langword="null"/>.</summary>
    public long? Seed { get; init; }

    /// <summary>Told after each step, on the training thread.</summary>
    public IProgress<FitProgress>? Progress { get; init; }

    /// <summary>
    /// Where the device, a table of epochs and warnings are written, with a progress bar where it is an interactive console;
    /// the console unless set, <see langword="null"/> for nowhere.
    /// </summary>
    public TextWriter? Output { get; init; } = Console.Out;

    /// <summary>
    /// Whether the first Ctrl+C stops the training after the step under way and keeps what was learned; the second one ends
    /// the process as usual.
    /// </summary>
    public bool StopOnCtrlC { get; init; } = true;

    private static int AtLeastOne(string name, int value) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
}
