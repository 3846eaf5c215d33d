using NetDsl.Data;
using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Reports;

/// <summary>Sums up distances of predicted numbers from their targets, and the targets' own spread (Welford 1962).</summary>
internal sealed class RegressionFigures(LossInfo loss, int index, OutputInfo output, ReadyColumn? target, CountedPlaces places) : LossFigures(loss, index)
{
    private readonly AnswerBuffer _buffer = new(loss, output);
    private readonly double[] _squared = new double[output.Elements];
    private readonly double[] _means = new double[output.Elements];
    private readonly double[] _spread = new double[output.Elements];
    private readonly long[] _counts = new long[output.Elements];
    private double _absolute;

    public override LossReport Report()
    {
        double numbers = _counts.Sum();
        if (numbers == 0) return new RegressionReport(Loss.Name, Loss.Weight, Mean, double.NaN, double.NaN, double.NaN);
        double r2 = 0;
        int numbered = 0;
        for (int i = 0; i < output.Elements; i++)
        {
            if (_counts[i] == 0) continue;
            numbered++;
            r2 += _spread[i] > 0 ? 1 - (_squared[i] / _spread[i]) : _squared[i] == 0 ? 1 : 0;
        }

        return new RegressionReport(Loss.Name, Loss.Weight, Mean, _squared.Sum() / numbers, _absolute / numbers, r2 / numbered);
    }

    protected override void Compare(EngineRun run, int first)
    {
        if (target is null || !run.HasOutput(Loss.Output)) return;
        ReadOnlySpan<float> answers = _buffer.Answers(run);
        ReadOnlySpan<float> targets = _buffer.Targets(target, run, first);
        for (int sample = 0; sample < run.Samples; sample++)
        {
            for (int i = 0; i < output.Elements; i++)
            {
                if (!places.Has(first + sample, i, output.Elements)) continue;
                double truth = targets[(sample * output.Elements) + i];
                double distance = answers[(sample * output.Elements) + i] - truth;
                _squared[i] += distance * distance;
                _absolute += Math.Abs(distance);
                double delta = truth - _means[i];
                _means[i] += delta / ++_counts[i];
                _spread[i] += delta * (truth - _means[i]);
            }
        }
    }
}
