namespace NetDsl.Conformance.Reference;

/// <summary>
/// Numbers for tests: spread evenly over a range in shuffled order, so that no two of a tensor are close to each other (a
/// maximum has one winner that a small step does not change) and none is zero (where max(x, 0) has its kink).
/// </summary>
internal static class SpreadNumbers
{
    /// <param name="count">How many.</param>
    /// <param name="tensor">A number of the tensor: different ones share no value.</param>
    /// <param name="low">Lower end of the range.</param>
    /// <param name="high">Upper end.</param>
    public static double[] Make(int count, int tensor, double low = -1, double high = 1)
    {
        double offset = 0.11 + (0.71 * Fraction(tensor * 0.6180339887498949)) + (count % 2 == 0 ? 0.013 : 0);
        double[] numbers = [.. Enumerable.Range(0, count).Select(i => low + ((high - low) * (i + offset) / count))];
        new Random(tensor + (1000 * count)).Shuffle(numbers);
        return numbers;
    }

    /// <summary>Class labels, each of them where there are enough rows.</summary>
    public static double[] Labels(int count, int classes)
    {
        double[] labels = [.. Enumerable.Range(0, count).Select(i => (double)(i % classes))];
        new Random(count).Shuffle(labels);
        return labels;
    }

    private static double Fraction(double x) => x - Math.Floor(x);
}
