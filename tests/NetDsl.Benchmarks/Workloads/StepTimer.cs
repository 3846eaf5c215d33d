using System.Diagnostics;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>Times steps of one network on one device, as a user's program runs them: training through Fit, predictions through Predict.</summary>
internal sealed class StepTimer(SampleNetwork network, Optimizer optimizer)
{
    /// <summary>Launches and bytes of a step, over those timed last.</summary>
    public Traffic? Traffic { get; private set; }

    /// <summary>Runs steps and returns the microseconds of each that was not for warming up.</summary>
    public double[] Time(StepKind kind, int batch, int warmUp, int steps) =>
        kind == StepKind.Train ? Train(batch, warmUp, steps).Microseconds : Predict(batch, warmUp, steps);

    /// <summary>The losses of the first steps.</summary>
    public float[] Losses(int batch, int steps) => [.. Train(batch, 0, steps).Losses];

    /// <summary>The probabilities of the first samples.</summary>
    public float[] Probabilities(int count)
    {
        float[] probabilities = new float[count * network.Info.Outputs[0].Elements];
        network.Predict(0, count, probabilities);
        return probabilities;
    }

    private (double[] Microseconds, IReadOnlyList<float> Losses) Train(int batch, int warmUp, int steps)
    {
        using CancellationTokenSource enough = new();
        StepClock clock = new(network, warmUp, steps, enough);
        int stepsPerEpoch = Samples.Count / batch;
        FitResult result = network.Network.Fit(network.Samples.Data.Take(stepsPerEpoch * batch), new FitOptions
        {
            BatchSize = batch,
            Epochs = ((warmUp + steps) / stepsPerEpoch) + 1,
            Shuffle = false, // The same samples in the same order for every contestant.
            Optimizer = optimizer,
            Progress = clock,
            Output = null,
            StopOnCtrlC = false,
        }, enough.Token);
        Traffic = clock.Traffic;
        return (clock.Microseconds, result.StepLosses);
    }

    private double[] Predict(int batch, int warmUp, int steps)
    {
        float[] probabilities = new float[batch * network.Info.Outputs[0].Elements];
        double[] microseconds = new double[steps];
        Traffic? before = null;
        for (int step = -warmUp; step < steps; step++)
        {
            if (step == 0) before = Workloads.Traffic.Of(network);
            int place = (step + warmUp) % (Samples.Count / batch);
            long started = Stopwatch.GetTimestamp();
            network.Predict(place * batch, batch, probabilities);
            if (step >= 0) microseconds[step] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        Traffic = Workloads.Traffic.PerStep(before, Workloads.Traffic.Of(network), steps);
        return microseconds;
    }

    /// <summary>
    /// The time from one step's report to the next. What a Fit does before its first step is in the time of that one, so at
    /// least one step has to warm up; an epoch's end reports twice, and what lies between is no step.
    /// </summary>
    private sealed class StepClock(SampleNetwork network, int warmUp, int steps, CancellationTokenSource enough) : IProgress<FitProgress>
    {
        private int _done = -warmUp;
        private long _last = Stopwatch.GetTimestamp();
        private Traffic? _before;

        public double[] Microseconds { get; } = new double[steps];

        public Traffic? Traffic { get; private set; }

        public void Report(FitProgress value)
        {
            if (value.Completed is null) Count(Stopwatch.GetElapsedTime(_last).TotalMicroseconds);
            _last = Stopwatch.GetTimestamp();
        }

        private void Count(double elapsed)
        {
            if (_done >= steps) return;
            if (_done >= 0) Microseconds[_done] = elapsed;
            _done++;
            if (_done == 0) _before = Workloads.Traffic.Of(network);
            if (_done != steps) return;
            Traffic = Workloads.Traffic.PerStep(_before, Workloads.Traffic.Of(network), steps);
            enough.Cancel();
        }
    }
}
