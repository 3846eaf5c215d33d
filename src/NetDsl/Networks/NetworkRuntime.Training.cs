using NetDsl.Cpu;
using NetDsl.Data;
using NetDsl.Engines;
using NetDsl.Reports;
using NetDsl.Training;

namespace NetDsl.Networks;

public sealed partial class NetworkRuntime
{
    private int _training;

    /// <summary>Keys of the random numbers of the step that comes next; a step ends with <see cref="Apply"/>.</summary>
    internal RandomKey StepKey => new(unchecked((ulong)_seed), unchecked((uint)Step), 0);

    /// <summary>Steps taken since the network was made or loaded.</summary>
    internal long Step { get; private set; }

    /// <summary>Epochs begun since the network was made or loaded: a second Fit shuffles differently.</summary>
    internal long Epoch { get; set; }

    /// <summary>Whether the sentence on inputs that span 0 to 255 was said.</summary>
    internal bool WarnedOfPixels { get; set; }

    /// <summary>
    /// Trains on a data set. Continues where an earlier call stopped, with the optimizer's state if it is of the same kind.
    /// The first call learns the statistics of <c>[Standardize]</c>.
    /// </summary>
    /// <param name="data">Samples: a column for each input and each target, found by name, or else by position, inputs first.</param>
    /// <param name="options">Epochs, batch size, optimizer, validation and output; defaults for <see langword="null"/>.</param>
    /// <param name="cancellation">Stops after the step under way and keeps what was learned; the result says so.</param>
    /// <returns>The figures of every epoch and the loss of every step.</returns>
    /// <exception cref="ArgumentException">The data do not fit the network; the message says which column, and how.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss, or another thread trains it.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public FitResult Fit(DataSet data, FitOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new FitOptions();
        using CtrlC ctrlC = new(options.StopOnCtrlC);
        return Fit(data, options, ctrlC, cancellation);
    }

    /// <summary><see cref="Fit(DataSet, FitOptions?, CancellationToken)"/> with the keyboard as an argument.</summary>
    internal FitResult Fit(DataSet data, FitOptions options, CtrlC ctrlC, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (Info.Losses.Length == 0) throw new InvalidOperationException(Sentences.NoLoss(Info.Name));
        Enter();
        try
        {
            EnterTraining();
            try
            {
                using Trainer trainer = new(this, data, options);
                return trainer.Run(ctrlC, cancellation);
            }
            finally
            {
                ExitTraining();
            }
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Measures the network on a data set: losses and what else their kinds can say. Safe on any number of threads.</summary>
    /// <param name="data">Samples, with a column for each input and each target.</param>
    /// <param name="batchSize">Samples at a time; 0 for <see cref="PredictionBatch"/>. The figures are those of all samples whatever it is.</param>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">The network has no loss.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public EvaluationReport Evaluate(DataSet data, int batchSize = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegative(batchSize);
        if (Info.Losses.Length == 0) throw new InvalidOperationException(Sentences.NoLoss(Info.Name));
        using BatchReader reader = new(Info, data);
        return Evaluator.Run(this, reader, batchSize > 0 ? batchSize : PredictionBatch);
    }

    /// <summary>One step of an optimizer by the gradients that <c>Gradients</c> or <c>Backward</c> left.</summary>
    /// <param name="optimizer">The optimizer; one of another kind than the last starts without momentum.</param>
    /// <exception cref="InvalidOperationException">Another thread trains this network.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public void Apply(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Enter();
        try
        {
            EnterTraining();
            try
            {
                ApplyStep(optimizer);
            }
            finally
            {
                ExitTraining();
            }
        }
        finally
        {
            Exit();
        }
    }

    /// <summary><see cref="Apply"/> for the one who holds the training.</summary>
    internal void ApplyStep(Optimizer optimizer)
    {
        Engine.Apply(optimizer);
        Step++;
    }

    internal double TotalLoss(EngineRun run)
    {
        double total = 0;
        for (int i = 0; i < Info.Losses.Length; i++) total += Info.Losses[i].Weight * run.MeanLoss(i);
        return total;
    }

    private void EnterTraining()
    {
        if (Interlocked.CompareExchange(ref Outermost._training, 1, 0) != 0)
            throw new InvalidOperationException($"The network {Info.Name} is being trained already: Fit, Gradients, Backward and Apply are for one caller at a time. Predict, Classify and Evaluate are for any number.");
    }

    private void ExitTraining() => Volatile.Write(ref Outermost._training, 0);

    /// <summary>The network that all the others lie within: its weights are theirs, and one of them trains at a time.</summary>
    private NetworkRuntime Outermost => _outer is null ? this : _outer.Outermost;
}
