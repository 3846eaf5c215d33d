using System.Text;

namespace NetDsl;

/// <summary>What the answers are worth under one loss.</summary>
public abstract class LossReport
{
    private protected LossReport(string name, double weight, double loss)
    {
        (Name, Weight, Loss) = (name, weight, loss);
    }

    /// <summary>The loss's name.</summary>
    public string Name { get; }

    /// <summary>Its factor in the total.</summary>
    public double Weight { get; }

    /// <summary>Mean over the samples, unweighted.</summary>
    public double Loss { get; }

    /// <summary>Share of right answers, 0 to 1; not a number where there is no right and wrong, or the targets are a tensor of the network.</summary>
    public virtual double Accuracy => double.NaN;

    internal abstract void Write(StringBuilder text);
}
