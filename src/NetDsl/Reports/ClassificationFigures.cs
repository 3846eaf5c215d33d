using NetDsl.Data;
using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Reports;

/// <summary>Counts which class was taken for which.</summary>
internal sealed class ClassificationFigures(LossInfo loss, int index, OutputInfo output, ReadyColumn? target, CountedPlaces places) : LossFigures(loss, index)
{
    private readonly AnswerBuffer _buffer = new(loss, output);
    private readonly ClassCounts _counts = new(output.Shape[^1]);

    public override LossReport Report()
    {
        string[] names = [.. Enumerable.Range(0, output.Shape[^1]).Select(label => NetworkRuntime.ClassName(Loss, label))];
        return new ClassificationReport(Loss.Name, Loss.Weight, Mean, names, _counts);
    }

    protected override void Compare(EngineRun run, int first)
    {
        if (target is null || !run.HasOutput(Loss.Output)) return;
        int classes = output.Shape[^1];
        ReadOnlySpan<float> answers = _buffer.Answers(run);
        int rows = target.Info.Elements;
        ReadOnlySpan<int> labels = target.Labels.Slice(first * rows, run.Samples * rows);
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] != target.Info.Ignored && places.Has(first + (i / rows), i % rows, rows)) _counts.Add(labels[i], NetworkRuntime.ArgMax(answers.Slice(i * classes, classes)));
        }
    }
}
