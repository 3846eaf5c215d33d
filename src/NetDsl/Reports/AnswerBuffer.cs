using NetDsl.Data;
using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Reports;

/// <summary>Answers and targets of a run side by side, as floats.</summary>
internal sealed class AnswerBuffer(LossInfo loss, OutputInfo output)
{
    private float[] _answers = [];
    private float[] _targets = [];

    /// <summary>The network's answers to all samples of a run.</summary>
    public ReadOnlySpan<float> Answers(EngineRun run)
    {
        int length = run.Samples * output.Elements;
        if (_answers.Length < length) _answers = new float[length];
        Span<float> answers = _answers.AsSpan(0, length);
        run.CopyOutput(loss.Output, answers);
        return answers;
    }

    /// <summary>The targets of the same samples.</summary>
    public ReadOnlySpan<float> Targets(ReadyColumn target, EngineRun run, int first)
    {
        int length = run.Samples * output.Elements;
        if (_targets.Length < length) _targets = new float[length];
        Span<float> targets = _targets.AsSpan(0, length);
        target.CopyTo(targets, first);
        return targets;
    }
}
