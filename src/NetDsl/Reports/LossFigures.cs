using NetDsl.Data;
using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Reports;

/// <summary>Gathers the figures of one loss, a run at a time, in double.</summary>
internal abstract class LossFigures(LossInfo loss, int index)
{
    private double _sum;
    private long _samples;

    protected LossInfo Loss => loss;

    /// <summary>Mean loss so far.</summary>
    protected double Mean => _sum / _samples;

    public static LossFigures Create(NetworkInfo info, int index, BatchReader data)
    {
        LossInfo loss = info.Losses[index];
        OutputInfo output = info.Outputs[loss.Output];
        CountedPlaces places = new(loss, output, data);
        ReadyColumn? target = loss.Target < 0 ? null : data.Target(loss.Target);
        return loss.Kind switch
        {
            LossKind.CrossEntropy => new ClassificationFigures(loss, index, output, target, places),
            LossKind.BinaryCrossEntropy => new BinaryFigures(loss, index, output, target, places),
            LossKind.MeanSquaredError or LossKind.Regression => new RegressionFigures(loss, index, output, target, places),
            _ => new PlainFigures(loss, index),
        };
    }

    /// <summary>Adds the samples of a run.</summary>
    /// <param name="run">An evaluation that was executed.</param>
    /// <param name="first">Row of its first sample.</param>
    public void Add(EngineRun run, int first)
    {
        _sum += run.MeanLoss(index) * run.Samples;
        _samples += run.Samples;
        Compare(run, first);
    }

    public abstract LossReport Report();

    protected abstract void Compare(EngineRun run, int first);
}
