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
            data.Reside(runtime.Engine);
            for (int first = 0; first < data.Count; first += batchSize)
            {
                EngineRun run = runtime.Engine.Rent(ProgramKind.Evaluate, 0, Math.Min(batchSize, data.Count - first));
                try
                {
                    data.Gather(run, first);
                    run.Execute(runtime.StepKey, null);
                    foreach (LossFigures loss in figures) loss.Add(run, first);
                }
                finally
                {
                    run.Release();
                }
            }
        }
        finally
        {
            runtime.Exit();
        }

        return new EvaluationReport([.. figures.Select(loss => loss.Report())], data.Count, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
