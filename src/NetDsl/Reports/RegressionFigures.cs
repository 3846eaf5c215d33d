using NetDsl.Data;
using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Reports;

/// <summary>Sums up distances of predicted numbers from their targets, and the targets' own spread (Welford 1962).</summary>
internal sealed class RegressionFigures(LossInfo loss, int index, OutputInfo output, ReadyColumn? target) : LossFigures(loss, index)
{
    private readonly AnswerBuffer _buffer = new(loss, output);
    private readonly double[] _squared = new double[output.Elements];
    private readonly double[] _means = new double[output.Elements];
    private readonly double[] _spread = new double[output.Elements];
    private double _absolute;
    private long _count;

    public override LossReport Report()
    {
        if (_count == 0) return new RegressionReport(Loss.Name, Loss.Weight, Mean, double.NaN, double.NaN, double.NaN);
        double numbers = (double)_count * output.Elements;
        double r2 = 0;
        for (int i = 0; i < output.Elements; i++)
            r2 += _spread[i] > 0 ? 1 - (_squared[i] / _spread[i]) : _squared[i] == 0 ? 1 : 0;
        return new RegressionReport(Loss.Name, Loss.Weight, Mean, _squared.Sum() / numbers, _absolute / numbers, r2 / output.Elements);
    }

    protected override void Compare(EngineRun run, int first)
    {
        if (target is null || !run.HasOutput(Loss.Output)) return;
        ReadOnlySpan<float> answers = _buffer.Answers(run);
        ReadOnlySpan<float> targets = _buffer.Targets(target, run, first);
        for (int sample = 0; sample < run.Samples; sample++)
        {
            _count++;
            for (int i = 0; i < output.Elements; i++)
            {
                double truth = targets[(sample * output.Elements) + i];
                double distance = answers[(sample * output.Elements) + i] - truth;
                _squared[i] += distance * distance;
                _absolute += Math.Abs(distance);
                double delta = truth - _means[i];
                _means[i] += delta / _count;
                _spread[i] += delta * (truth - _means[i]);
            }
        }
    }
}
