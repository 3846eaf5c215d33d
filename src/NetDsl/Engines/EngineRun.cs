using NetDsl.Cpu;

namespace NetDsl.Engines;

/// <summary>
/// Working memory of one run of a program. Used by one thread from renting to <see cref="Release"/>: samples are set, the
/// program runs, results are read. Lengths and ranges were checked by the caller.
/// </summary>
public abstract class EngineRun
{
    /// <summary>Samples in this run.</summary>
    public abstract int Samples { get; }

    /// <summary>Sets whole samples of an input, from <paramref name="sample"/> on.</summary>
    public abstract void SetInput(int input, int sample, ReadOnlySpan<float> values);

    /// <inheritdoc cref="SetInput(int, int, ReadOnlySpan{float})"/>
    public abstract void SetInput(int input, int sample, ReadOnlySpan<byte> values);

    /// <summary>Sets whole samples of an input of integers, from <paramref name="sample"/> on.</summary>
    public abstract void SetInput(int input, int sample, ReadOnlySpan<int> values);

    /// <summary>Sets whole samples of a target of numbers, from <paramref name="sample"/> on.</summary>
    public abstract void SetTarget(int target, int sample, ReadOnlySpan<float> values);

    /// <inheritdoc cref="SetTarget(int, int, ReadOnlySpan{float})"/>
    public abstract void SetTarget(int target, int sample, ReadOnlySpan<byte> values);

    /// <summary>Sets whole samples of a target of labels, from <paramref name="sample"/> on.</summary>
    public abstract void SetLabels(int target, int sample, ReadOnlySpan<int> values);

    /// <summary>Sets the gradient by an output, for <see cref="Networks.ProgramKind.Backward"/>.</summary>
    public abstract void SetOutputGradient(int output, ReadOnlySpan<float> values);

    /// <summary>Sets all inputs and targets of the run: its samples are these rows of a data set that the engine holds.</summary>
    /// <param name="data">What <see cref="Engine.TryReside"/> of this run's engine gave.</param>
    /// <param name="rows">A row for each sample of the run.</param>
    /// <exception cref="NotSupportedException">The engine holds no data sets.</exception>
    public virtual void SetRows(ResidentData data, ReadOnlySpan<int> rows) => throw HoldsNoData();

    /// <summary>Sets all inputs and targets of the run: its samples are neighbouring rows of a data set that the engine holds.</summary>
    /// <param name="data">What <see cref="Engine.TryReside"/> of this run's engine gave.</param>
    /// <param name="first">The row of the first sample.</param>
    /// <exception cref="NotSupportedException">The engine holds no data sets.</exception>
    public virtual void SetRows(ResidentData data, int first) => throw HoldsNoData();

    /// <summary>Runs the program.</summary>
    /// <param name="random">Keys of its random numbers.</param>
    /// <param name="observer">Sees the output of each layer, or <see langword="null"/>.</param>
    public abstract void Execute(RandomKey random, ILayerObserver? observer);

    /// <summary>Runs the program on the samples of its only input. An engine that can reads them where they are.</summary>
    /// <param name="random">Keys of its random numbers.</param>
    /// <param name="input">The input of all samples; not read after the call.</param>
    public virtual void ExecuteOn(RandomKey random, ReadOnlySpan<float> input)
    {
        SetInput(0, 0, input);
        Execute(random, null);
    }

    /// <summary>The layers that an observer is called for, by their index.</summary>
    public abstract ReadOnlySpan<ObservedLayer> Observed { get; }

    /// <summary>Copies an output of all samples out.</summary>
    public abstract void CopyOutput(int output, Span<float> values);

    /// <summary>Sets everything that the program keeps of its samples to 0: caches before their first run.</summary>
    public abstract void Clear();

    /// <summary>Copies the gradient by an input out.</summary>
    public abstract void CopyInputGradient(int input, Span<float> values);

    /// <summary>Copies a loss of each sample, unweighted.</summary>
    public abstract void CopyLosses(int loss, Span<float> values);

    /// <summary>The mean of a loss over the samples, unweighted.</summary>
    public abstract double MeanLoss(int loss);

    /// <summary>Whether the program computes the gradient by this input.</summary>
    public abstract bool HasInputGradient(int input);

    /// <summary>Whether the program computes this output.</summary>
    public abstract bool HasOutput(int output);

    /// <summary>Gives the memory back.</summary>
    public abstract void Release();

    private static NotSupportedException HoldsNoData() => new("This engine holds no data sets: its TryReside gives none.");
}
