using NetDsl.Data;
using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Reports;

/// <summary>Counts right and wrong answers of yes and no, and keeps the probabilities of a single one for its ranking.</summary>
internal sealed class BinaryFigures(LossInfo loss, int index, OutputInfo output, ReadyColumn? target, CountedPlaces places) : LossFigures(loss, index)
{
    private const float Yes = 0.5f;

    private readonly AnswerBuffer _buffer = new(loss, output);
    private readonly List<float> _answers = [];
    private readonly List<bool> _targets = [];
    private long _truePositives;
    private long _falsePositives;
    private long _trueNegatives;
    private long _falseNegatives;

    public override LossReport Report()
    {
        BinaryCounts counts = new(_truePositives, _falsePositives, _trueNegatives, _falseNegatives);
        return new BinaryReport(Loss.Name, Loss.Weight, Mean, counts, RocAuc([.. _answers], [.. _targets]));
    }

    /// <summary>
    /// The area under the curve by ranks (Mann and Whitney 1947): (sum of the yes samples' ranks - p (p + 1) / 2) / (p n), where
    /// equal answers share the mean of their ranks.
    /// </summary>
    internal static double RocAuc(float[] answers, bool[] targets)
    {
        Array.Sort(answers, targets);
        double ranks = 0;
        long yes = targets.LongCount(target => target);
        long no = targets.Length - yes;
        for (int start = 0; start < answers.Length;)
        {
            int end = start + 1;
            while (end < answers.Length && answers[end] == answers[start]) end++;
            double rank = (start + 1 + end) / 2.0;
            for (int i = start; i < end; i++)
                if (targets[i]) ranks += rank;
            start = end;
        }

        return yes == 0 || no == 0 ? double.NaN : (ranks - (yes * (yes + 1) / 2.0)) / ((double)yes * no);
    }

    protected override void Compare(EngineRun run, int first)
    {
        if (target is null || !run.HasOutput(Loss.Output)) return;
        ReadOnlySpan<float> answers = _buffer.Answers(run);
        ReadOnlySpan<float> targets = _buffer.Targets(target, run, first);
        for (int i = 0; i < answers.Length; i++)
        {
            if (!places.Has(first + (i / output.Elements), i % output.Elements, output.Elements)) continue;
            bool answer = answers[i] >= Yes;
            bool truth = targets[i] >= Yes;
            if (answer && truth) _truePositives++;
            else if (answer) _falsePositives++;
            else if (truth) _falseNegatives++;
            else _trueNegatives++;
            if (output.Elements > 1) continue;
            _answers.Add(answers[i]);
            _targets.Add(truth);
        }
    }
}
