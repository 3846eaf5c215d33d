namespace NetDsl;

/// <summary>How a network is made.</summary>
public sealed record NetworkOptions
{
    private readonly int _threads;

    /// <summary>Where it computes; <see cref="Device.Auto"/> unless set.</summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>
    /// The start of every random number: initial weights, dropout, shuffling. The same seed gives the same bits on the same
    /// kind of machine, on any number of threads.
    /// </summary>
    public long Seed { get; init; }

    /// <summary>Threads on the CPU; 0, the default, takes the environment variable NETDSL_THREADS or else the number of processors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Threads
    {
        get => _threads;
        init => _threads = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Threads), value, "Threads must be 0 (as many as there are processors) or more.");
    }
}
