using System.Globalization;
using System.Text;

namespace NetDsl;

/// <summary>What a network's answers to a data set are worth.</summary>
public sealed class EvaluationReport
{
    internal EvaluationReport(IReadOnlyList<LossReport> losses, int samples, double seconds)
    {
        (Losses, Samples, Seconds) = (losses, samples, seconds);
        Loss = losses.Sum(loss => loss.Weight * loss.Loss);
    }

    /// <summary>The total loss: the sum of weight times mean over the samples.</summary>
    public double Loss { get; }

    /// <summary>
    /// Share of right answers, 0 to 1, of the first loss that has one (<see cref="ClassificationReport"/>,
    /// <see cref="BinaryReport"/>); not a number where none has.
    /// </summary>
    public double Accuracy => Losses.Select(loss => loss.Accuracy).FirstOrDefault(accuracy => !double.IsNaN(accuracy), double.NaN);

    /// <summary>One report for each loss, in order of declaration.</summary>
    public IReadOnlyList<LossReport> Losses { get; }

    /// <summary>Samples.</summary>
    public int Samples { get; }

    /// <summary>Seconds it took.</summary>
    public double Seconds { get; }

    /// <summary>The report of a loss by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such loss.</exception>
    public LossReport this[string name] => Losses.FirstOrDefault(loss => loss.Name == name)
        ?? throw new KeyNotFoundException($"There is no loss '{name}'; there are {string.Join(", ", Losses.Select(loss => $"'{loss.Name}'"))}.");

    /// <summary>All figures as text.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Samples} samples, loss {Loss:0.0000}");
        if (!double.IsNaN(Accuracy)) text.Append(CultureInfo.InvariantCulture, $", accuracy {100 * Accuracy:0.00}%");
        foreach (LossReport loss in Losses)
        {
            text.Append('\n');
            if (Losses.Count > 1) text.Append(CultureInfo.InvariantCulture, $"\n{loss.Name} (weight {loss.Weight:0.###}): loss {loss.Loss:0.0000}\n");
            loss.Write(text);
        }

        return text.ToString().TrimEnd('\n');
    }
}
