using System.Globalization;
using System.Text;

namespace NetDsl;

/// <summary>
/// Figures of independent probabilities, each a yes from one half on; a target is a yes from one half on too. With several a
/// sample, all count alike. A quotient by zero is 0.
/// </summary>
public sealed class BinaryReport : LossReport
{
    internal BinaryReport(string name, double weight, double loss, BinaryCounts counts, double rocAuc)
        : base(name, weight, loss)
    {
        long all = counts.TruePositives + counts.FalsePositives + counts.TrueNegatives + counts.FalseNegatives;
        ClassFigures yes = ClassFigures.Of("yes", counts.TruePositives, counts.TruePositives + counts.FalsePositives, counts.TruePositives + counts.FalseNegatives);
        Counts = counts;
        Accuracy = all == 0 ? double.NaN : (double)(counts.TruePositives + counts.TrueNegatives) / all;
        (Precision, Recall, F1) = (yes.Precision, yes.Recall, yes.F1);
        RocAuc = rocAuc;
    }

    /// <inheritdoc/>
    public override double Accuracy { get; }

    /// <summary>Right and wrong answers.</summary>
    public BinaryCounts Counts { get; }

    /// <summary>Share of the yes answers that are right.</summary>
    public double Precision { get; }

    /// <summary>Share of the yes targets that were found.</summary>
    public double Recall { get; }

    /// <summary>2 precision recall / (precision + recall).</summary>
    public double F1 { get; }

    /// <summary>
    /// Area under the receiver operating characteristic: how often a yes sample gets a higher probability than a no sample,
    /// half counted where they are equal. Not a number for several answers a sample, or where all targets are the same.
    /// </summary>
    public double RocAuc { get; }

    internal override void Write(StringBuilder text)
    {
        if (double.IsNaN(Accuracy)) return;
        text.Append(CultureInfo.InvariantCulture, $"accuracy {100 * Accuracy:0.00}%, precision {Precision:0.0000}, recall {Recall:0.0000}, f1 {F1:0.0000}");
        if (!double.IsNaN(RocAuc)) text.Append(CultureInfo.InvariantCulture, $", ROC AUC {RocAuc:0.0000}");
        text.Append(CultureInfo.InvariantCulture, $"\nyes: {Counts.TruePositives} right, {Counts.FalsePositives} wrong; no: {Counts.TrueNegatives} right, {Counts.FalseNegatives} wrong\n");
    }
}

/// <summary>Right and wrong answers of yes and no.</summary>
/// <param name="TruePositives">Yes, rightly.</param>
/// <param name="FalsePositives">Yes, wrongly.</param>
/// <param name="TrueNegatives">No, rightly.</param>
/// <param name="FalseNegatives">No, wrongly.</param>
public sealed record BinaryCounts(long TruePositives, long FalsePositives, long TrueNegatives, long FalseNegatives);
