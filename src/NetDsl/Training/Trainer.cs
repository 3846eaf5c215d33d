using System.Diagnostics;
using NetDsl.Data;
using NetDsl.Engines;
using NetDsl.Networks;
using NetDsl.Reports;

namespace NetDsl.Training;

/// <summary>One call of Fit. A step gathers a batch, runs the training program and applies the optimizer, and allocates nothing.</summary>
internal sealed class Trainer : IDisposable
{
    /// <summary>The most step losses that memory is set aside for; a longer list grows as it goes.</summary>
    private const int LossesAhead = 1 << 22;

    private readonly NetworkRuntime _runtime;
    private readonly FitOptions _options;
    private readonly BatchReader _data;
    private readonly BatchReader? _validation;
    private readonly FitDisplay _display;
    private readonly int[] _order;
    private readonly int _steps;
    private readonly List<float> _losses;
    private readonly List<EpochResult> _epochs = [];
    private readonly List<string> _warnings = [];

    /// <exception cref="ArgumentException">The data or options do not fit the network.</exception>
    public Trainer(NetworkRuntime runtime, DataSet data, FitOptions options)
    {
        (_runtime, _options) = (runtime, options);
        if (options.Optimizer is null) throw new ArgumentException("The optimizer is null.", nameof(options));
        DataSet? validation = options.Validation;
        if (options.ValidationSplit > 0)
        {
            if (validation is not null)
                throw new ArgumentException("ValidationSplit and Validation are two ways to say the same; one of them is expected.", nameof(options));
            int count = data.CountOf(options.ValidationSplit, nameof(options.ValidationSplit));
            validation = data.Slice(data.Count - count, count);
            data = data.Take(data.Count - count);
        }

        _data = new BatchReader(runtime.Info, data);
        _validation = validation is null ? null : new BatchReader(runtime.Info, validation);
        _order = [.. Enumerable.Range(0, _data.Count)];
        _steps = ((_data.Count - 1) / options.BatchSize) + 1;
        _losses = new List<float>((int)Math.Min((long)_steps * options.Epochs, LossesAhead));
        _display = new FitDisplay(options.Output, options.Epochs, _steps, _validation is not null, runtime.Info);
    }

    public FitResult Run(CtrlC ctrlC, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        _display.Begin($"Training {_runtime.Info.Name} on {_runtime.DeviceDescription}");
        WarnOfPixels();
        StandardizeFit.Run(_runtime.Info, _runtime.Engine, _data);
        _data.Reside(_runtime.Engine);
        _validation?.Reside(_runtime.Engine);
        bool cancelled = false;
        for (int epoch = 1; epoch <= _options.Epochs && !cancelled; epoch++)
            cancelled = !RunEpoch(epoch, ctrlC, started, cancellation);
        return Result(cancelled, started);
    }

    public void Dispose()
    {
        _data.Dispose();
        _validation?.Dispose();
    }

    /// <returns>Whether the epoch was completed.</returns>
    private bool RunEpoch(int epoch, CtrlC ctrlC, long started, CancellationToken cancellation)
    {
        Order();
        long epochStarted = Stopwatch.GetTimestamp();
        double lossSum = 0;
        for (int step = 0; step < _steps; step++)
        {
            if (ctrlC.Pressed || cancellation.IsCancellationRequested)
            {
                _display.Stopped(epoch, step, _losses.Count);
                return false;
            }

            int first = step * _options.BatchSize;
            int samples = Math.Min(_options.BatchSize, _data.Count - first);
            // The full batch comes first, so the arena has its final size from the first step on.
            EngineRun run = _runtime.Engine.RentTraining(ProgramKind.Train, samples);
            double loss;
            try
            {
                _data.Gather(run, _order.AsSpan(first, samples));
                run.Execute(_runtime.StepKey, null);
                loss = _runtime.TotalLoss(run);
            }
            finally
            {
                run.Release();
            }

            if (!double.IsFinite(loss)) throw Diverged(epoch, step, loss, started);
            _runtime.ApplyStep(_options.Optimizer);
            _losses.Add((float)loss);
            lossSum += loss * samples;
            double seconds = Stopwatch.GetElapsedTime(epochStarted).TotalSeconds;
            FitProgress progress = new()
            {
                Epoch = epoch,
                Epochs = _options.Epochs,
                Step = step + 1,
                StepsPerEpoch = _steps,
                StepLoss = (float)loss,
                Loss = lossSum / (first + samples),
                SamplesPerSecond = (first + samples) / Math.Max(seconds, 1e-9),
            };
            _display.Step(progress);
            _options.Progress?.Report(progress);
            if (step == _steps - 1) Complete(progress, seconds);
        }

        return true;
    }

    private void Complete(in FitProgress progress, double seconds)
    {
        EvaluationReport? report = _validation is null ? null : Evaluator.Run(_runtime, _validation, _runtime.PredictionBatch);
        EpochResult result = new(progress.Epoch, progress.Loss, report, seconds, progress.SamplesPerSecond);
        _epochs.Add(result);
        _display.Epoch(result);
        _options.Progress?.Report(progress with { Completed = result });
    }

    /// <summary>The order of this epoch's samples, from the seed and the number of epochs the network has seen.</summary>
    private void Order()
    {
        long epoch = _runtime.Epoch++;
        if (!_options.Shuffle) return;
        for (int i = 0; i < _order.Length; i++) _order[i] = i;
        new RandomStream(_options.Seed ?? _runtime.Seed, "shuffle", (ulong)epoch).Shuffle(_order);
    }

    private void WarnOfPixels()
    {
        if (_runtime.WarnedOfPixels) return;
        foreach (string input in _data.UnscaledPixels())
        {
            _runtime.WarnedOfPixels = true;
            string sentence = Sentences.Pixels(_runtime.Info.Name, input);
            _warnings.Add(sentence);
            _display.Warn(sentence);
        }
    }

    private FitResult Result(bool cancelled, long started) =>
        new(_runtime.DeviceDescription, _epochs, _losses, _warnings, cancelled, Stopwatch.GetElapsedTime(started).TotalSeconds);

    private TrainingDivergedException Diverged(int epoch, int step, double loss, long started)
    {
        string value = double.IsNaN(loss) ? "not a number" : "infinite";
        return new TrainingDivergedException(
            $"The loss of {_runtime.Info.Name} became {value} in step {step + 1} of epoch {epoch}. Training stopped before that step changed the weights. The usual causes are a learning rate that is too high ({_options.Optimizer.LearningRate} was given) and inputs that are far from the range of -1 to 1.",
            Result(true, started));
    }
}
