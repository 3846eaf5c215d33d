using NetDsl.Networks;

namespace NetDsl.Data;

/// <summary>Whether labels name classes that there are.</summary>
internal static class LabelCheck
{
    /// <summary>Every label is 0 to classes - 1, or the one that is ignored.</summary>
    /// <param name="name">What the caller calls the labels.</param>
    /// <param name="labels">Row after row.</param>
    /// <param name="column">The column they are for.</param>
    /// <exception cref="ArgumentException">One is not; names its row and the span of all.</exception>
    public static void Range(string name, ReadOnlySpan<int> labels, ColumnInfo column)
    {
        for (int i = 0; i < labels.Length; i++)
            if ((uint)labels[i] >= (uint)column.Classes && labels[i] != column.Ignored) throw OutOfRange(name, labels, i, column);
    }

    private static ArgumentException OutOfRange(string name, ReadOnlySpan<int> labels, int index, ColumnInfo column)
    {
        int lowest = int.MaxValue;
        int highest = int.MinValue;
        foreach (int label in labels)
        {
            lowest = Math.Min(lowest, label);
            highest = Math.Max(highest, label);
        }

        return new ArgumentException(Sentences.LabelRange(name, column, index / column.Elements, labels[index], lowest, highest), name);
    }
}
