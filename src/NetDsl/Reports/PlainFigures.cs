using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Reports;

/// <summary>A loss of which there is its mean alone.</summary>
internal sealed class PlainFigures(LossInfo loss, int index) : LossFigures(loss, index)
{
    public override LossReport Report() => new PlainReport(Loss.Name, Loss.Weight, Mean);

    protected override void Compare(EngineRun run, int first)
    {
    }
}
