using System.Globalization;
using System.Text;
using NetDsl.Reports;

namespace NetDsl;

/// <summary>Figures of a classification, as scikit-learn's <c>classification_report</c> has them. A quotient by zero is 0.</summary>
public sealed class ClassificationReport : LossReport
{
    /// <summary>The most classes whose confusion matrix is written as text.</summary>
    private const int WrittenClasses = 20;

    private readonly ClassCounts _counts;

    internal ClassificationReport(string name, double weight, double loss, string[] classNames, ClassCounts counts)
        : base(name, weight, loss)
    {
        _counts = counts;
        Classes = [.. classNames.Select((className, label) => ClassFigures.Of(className, counts.Right(label), counts.Predicted(label), counts.Actual(label)))];
        Answers = Enumerable.Range(0, classNames.Length).Sum(counts.Actual);
        Accuracy = Answers == 0 ? double.NaN : (double)Enumerable.Range(0, classNames.Length).Sum(counts.Right) / Answers;
    }

    /// <inheritdoc/>
    public override double Accuracy { get; }

    /// <summary>Answers that were compared: one a sample, or one for each position of its sequence or image whose label counts. 0 where the targets are a tensor of the network.</summary>
    public long Answers { get; }

    /// <summary>Figures of each class, in order.</summary>
    public IReadOnlyList<ClassFigures> Classes { get; }

    /// <summary>Plain means of precision, recall and F1 over the classes.</summary>
    public ClassFigures MacroAverage => new(
        "macro avg", Classes.Average(c => c.Precision), Classes.Average(c => c.Recall), Classes.Average(c => c.F1), Answers);

    /// <summary>Means of precision, recall and F1 over the classes, by their support.</summary>
    public ClassFigures WeightedAverage => new("weighted avg", Weighted(c => c.Precision), Weighted(c => c.Recall), Weighted(c => c.F1), Answers);

    /// <summary>How often a class was taken for another; known for at most 1,024 classes.</summary>
    /// <param name="actual">The class by the labels.</param>
    /// <param name="predicted">The network's answer.</param>
    /// <exception cref="InvalidOperationException">There are more classes.</exception>
    public long Confusion(int actual, int predicted) => _counts.Pairs(actual, predicted);

    internal override void Write(StringBuilder text)
    {
        if (Answers == 0) return;
        int width = Math.Max(12, Classes.Max(c => c.Name.Length)) + 2;
        text.Append(CultureInfo.InvariantCulture, $"\n{new string(' ', width)}{"precision",11}{"recall",9}{"f1",9}{"support",10}\n");
        if (Classes.Count <= ClassCounts.MostPaired) foreach (ClassFigures figures in Classes) WriteRow(text, figures, width);
        text.Append('\n');
        WriteRow(text, MacroAverage, width);
        WriteRow(text, WeightedAverage, width);
        if (Classes.Count <= WrittenClasses) WriteConfusion(text, width);
    }

    private static void WriteRow(StringBuilder text, ClassFigures figures, int width)
    {
        text.Append(figures.Name.PadLeft(width));
        text.Append(CultureInfo.InvariantCulture, $"{figures.Precision,11:0.0000}{figures.Recall,9:0.0000}{figures.F1,9:0.0000}{figures.Support,10}\n");
    }

    private void WriteConfusion(StringBuilder text, int width)
    {
        int classes = Classes.Count;
        long most = 0;
        for (int i = 0; i < classes * classes; i++) most = Math.Max(most, Confusion(i / classes, i % classes));
        int cell = Math.Max(most.ToString(CultureInfo.InvariantCulture).Length, 3) + 2;
        text.Append("\nconfusion matrix (rows: labels, columns: answers)\n");
        text.Append(' ', width);
        for (int j = 0; j < classes; j++) text.Append(Shorten(Classes[j].Name, cell - 1).PadLeft(cell));
        text.Append('\n');
        for (int i = 0; i < classes; i++)
        {
            text.Append(Classes[i].Name.PadLeft(width));
            for (int j = 0; j < classes; j++) text.Append(Confusion(i, j).ToString(CultureInfo.InvariantCulture).PadLeft(cell));
            text.Append('\n');
        }
    }

    private static string Shorten(string name, int length) => name.Length <= length ? name : name[..length];

    private double Weighted(Func<ClassFigures, double> figure) => Answers == 0 ? 0 : Classes.Sum(c => figure(c) * c.Support) / Answers;
}

/// <summary>Figures of one class.</summary>
/// <param name="Name">The class.</param>
/// <param name="Precision">Share of the answers with this class that are right.</param>
/// <param name="Recall">Share of this class's samples that were answered right.</param>
/// <param name="F1">2 precision recall / (precision + recall).</param>
/// <param name="Support">Samples of this class.</param>
public sealed record ClassFigures(string Name, double Precision, double Recall, double F1, long Support)
{
    internal static ClassFigures Of(string name, long right, long predicted, long actual)
    {
        double precision = predicted == 0 ? 0 : (double)right / predicted;
        double recall = actual == 0 ? 0 : (double)right / actual;
        // 2PR / (P + R), in counts.
        double f1 = predicted + actual == 0 ? 0 : 2.0 * right / (predicted + actual);
        return new ClassFigures(name, precision, recall, f1, actual);
    }
}
