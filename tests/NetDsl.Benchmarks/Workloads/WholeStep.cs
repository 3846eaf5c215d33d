using System.Diagnostics;
using NetDsl.Networks;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>Times whole steps of a network on random samples: a training step with Adam, or a prediction.</summary>
internal static class WholeStep
{
    private const double Seconds = 0.4;
    private const int WarmingSteps = 40;
    private const int FewestSteps = 9;

    /// <summary>The median of the steps, in microseconds.</summary>
    public static double Microseconds(INetwork network, ProgramKind kind, int batch)
    {
        NetworkRuntime runtime = network.Runtime;

        // As the generated Predict does: its memory is bounded.
        int most = kind == ProgramKind.Train ? batch : Math.Min(batch, runtime.PredictionBatch);
        RandomColumns columns = new(runtime.Info, most);
        RandomColumns? rest = batch % most == 0 ? null : new(runtime.Info, batch % most);
        Adam adam = new(0.001);
        long begun = Stopwatch.GetTimestamp();
        for (int i = 0; i < WarmingSteps && Stopwatch.GetElapsedTime(begun).TotalSeconds < Seconds; i++) Step();
        List<double> microseconds = [];
        begun = Stopwatch.GetTimestamp();
        while (microseconds.Count < FewestSteps || Stopwatch.GetElapsedTime(begun).TotalSeconds < Seconds)
        {
            long started = Stopwatch.GetTimestamp();
            Step();
            microseconds.Add((Stopwatch.GetTimestamp() - started) * 1e6 / Stopwatch.Frequency);
        }

        return Median.Of(microseconds);

        void Step()
        {
            for (int first = 0; first < batch; first += most)
            {
                int count = Math.Min(most, batch - first);
                using ProgramRun run = runtime.Begin(kind, count);
                (count == most ? columns : rest!).Set(in run, targets: kind == ProgramKind.Train);
                run.Execute();
            }

            if (kind == ProgramKind.Train) runtime.Apply(adam);
        }
    }
}
