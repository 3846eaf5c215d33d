using NetDsl.Networks;

namespace NetDsl.Engines;

/// <summary>
/// A network's memory on one device and what runs there: the arenas of parameters, gradients and optimizer state, runs of the
/// generated programs, and the optimizers.
/// </summary>
/// <remarks>
/// <see cref="RentTraining"/>, <see cref="Apply"/> and the writing members are called by one thread at a time, which
/// <see cref="NetworkRuntime"/> checks; <see cref="Rent"/> by any number of threads.
/// </remarks>
public abstract class Engine : IDisposable
{
    /// <summary>The device in words: <c>CPU, 8 threads, 512-bit vectors</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Samples that a prediction computes at a time.</summary>
    public abstract int PredictionBatch { get; }

    /// <summary>Steps that the optimizer has taken since the network was made or the state was reset.</summary>
    public abstract long OptimizerSteps { get; }

    /// <summary>The one run that trains, its memory grown to <paramref name="samples"/> and never shrunk.</summary>
    /// <param name="kind"><see cref="ProgramKind.Train"/> or <see cref="ProgramKind.Backward"/>.</param>
    /// <param name="samples">Samples of the run, at least 1.</param>
    public abstract EngineRun RentTraining(ProgramKind kind, int samples);

    /// <summary>A run with working memory of its own, from a fixed pool.</summary>
    /// <param name="kind">Not <see cref="ProgramKind.Train"/> or <see cref="ProgramKind.Backward"/>.</param>
    /// <param name="entry">Index in the output entries for <see cref="ProgramKind.Output"/>, else 0.</param>
    /// <param name="samples">Samples of the run, at least 1.</param>
    public abstract EngineRun Rent(ProgramKind kind, int entry, int samples);

    /// <summary>Puts a data set into the device's own memory, so that a run is given rows and not samples.</summary>
    /// <param name="inputs">A column for each input of the network.</param>
    /// <param name="targets">A column for each target of the network.</param>
    /// <returns>
    /// What <see cref="EngineRun.SetRows(ResidentData, ReadOnlySpan{int})"/> takes; <see langword="null"/> where the device
    /// reads the host's memory, as the CPU does, or has no room.
    /// </returns>
    public virtual ResidentData? TryReside(IReadOnlyList<StoredColumn> inputs, IReadOnlyList<StoredColumn> targets) => null;

    /// <summary>An engine for a network within this one: over a piece of the same parameters, with gradients, an optimizer's state and working memory of its own.</summary>
    /// <param name="request">The network; its threads and device are this one's.</param>
    /// <param name="offset">The piece's first float in the parameter arena.</param>
    /// <remarks>It is disposed before this one.</remarks>
    public abstract Engine Part(EngineRequest request, int offset);

    /// <summary>One step of the optimizer over all trainable parameters, by the gradients of the last training run.</summary>
    public abstract void Apply(Optimizer optimizer);

    /// <summary>Copies parameters out.</summary>
    /// <param name="offset">First float in the parameter arena.</param>
    /// <param name="destination">As many as are wanted.</param>
    public abstract void ReadParameters(int offset, Span<float> destination);

    /// <summary>Copies parameters in.</summary>
    /// <param name="offset">First float in the parameter arena.</param>
    /// <param name="source">The new values.</param>
    public abstract void WriteParameters(int offset, ReadOnlySpan<float> source);

    /// <summary>Copies gradients out.</summary>
    /// <param name="offset">First float in the gradient arena.</param>
    /// <param name="destination">As many as are wanted.</param>
    public abstract void ReadGradients(int offset, Span<float> destination);

    /// <summary>Copies gradients in.</summary>
    /// <param name="offset">First float in the gradient arena.</param>
    /// <param name="source">The new values.</param>
    public abstract void WriteGradients(int offset, ReadOnlySpan<float> source);

    /// <summary>The parameters where they lie, on a device whose memory the program can reach.</summary>
    /// <exception cref="NotSupportedException">The device's memory is its own.</exception>
    public abstract ReadOnlySpan<float> ParameterSpan(int offset, int length);

    /// <summary>
    /// Bytes of the activation arena as allocated: of the training arena where it is of this many samples, else of one made to
    /// measure it. 0 for a network without a training program.
    /// </summary>
    public abstract long TrainingActivationBytes(int samples);

    /// <summary>Bytes that the plan gives for the same.</summary>
    public abstract long PlannedActivationBytes(int samples);

    /// <summary>Bytes of every value and gradient that a training run's kernels write, counted once each.</summary>
    public abstract long WrittenBytes(int samples);

    /// <summary>Releases the device's memory. Called once, when no run is under way.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    /// <param name="disposing">Always <see langword="true"/>: what is not managed has a finalizer of its own.</param>
    protected abstract void Dispose(bool disposing);
}
