using System.Text;

namespace NetDsl;

/// <summary>The figure of a loss that compares neither classes nor numbers, a margin or a distance: its mean alone.</summary>
public sealed class PlainReport : LossReport
{
    internal PlainReport(string name, double weight, double loss)
        : base(name, weight, loss)
    {
    }

    internal override void Write(StringBuilder text)
    {
    }
}
