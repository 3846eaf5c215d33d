using Xunit;

namespace NetDsl.Conformance.Reference;

/// <summary>Comparison of tensors.</summary>
internal static class Numbers
{
    /// <summary>
    /// Fails at the worst element where |actual - expected| is greater than <paramref name="tolerance"/> times the greatest
    /// magnitude of <paramref name="expected"/> (at least <paramref name="floor"/>).
    /// </summary>
    public static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string what, double floor = 1e-3)
    {
        if (expected.Count != actual.Count) Assert.Fail($"{what}: {actual.Count} elements, expected {expected.Count}.");
        if (expected.Count == 0) Assert.Fail($"{what}: there is nothing to compare.");
        double scale = Math.Max(floor, expected.Max(Math.Abs));
        int worst = 0;
        double difference = -1;
        for (int i = 0; i < expected.Count; i++)
        {
            double d = Math.Abs(expected[i] - actual[i]);
            if (double.IsNaN(d)) d = double.PositiveInfinity;
            if (d <= difference) continue;
            (worst, difference) = (i, d);
        }

        if (!(difference <= tolerance * scale))
            Assert.Fail($"{what}: element {worst} of {expected.Count} is {actual[worst]:G9}, expected {expected[worst]:G9}; the greatest magnitude is {scale:G4}, the difference {difference:G4} and allowed {tolerance * scale:G4}.");
    }
}
