using System.Diagnostics;
using NetDsl.Data;
using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Reports;

/// <summary>Runs the evaluation program over a data set and gathers figures.</summary>
internal static class Evaluator
{
    public static EvaluationReport Run(NetworkRuntime runtime, BatchReader data, int batchSize)
    {
        long started = Stopwatch.GetTimestamp();
        LossFigures[] figures = [.. runtime.Info.Losses.Select((loss, index) => LossFigures.Create(runtime.Info, index, data))];
        runtime.Enter();
        try
        {
            for (int first = 0; first < data.Count; first += batchSize)
            {
                EngineRun run = runtime.Engine.Rent(ProgramKind.Evaluate, 0, Math.Min(batchSize, data.Count - first));
                data.Gather(run, first);
                run.Execute(runtime.StepKey, null);
                foreach (LossFigures loss in figures) loss.Add(run, first);
                // A run that failed on the way here does not come back: its memory is the collector's.
                run.Release();
            }
        }
        finally
        {
            runtime.Exit();
        }

        return new EvaluationReport([.. figures.Select(loss => loss.Report())], data.Count, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
