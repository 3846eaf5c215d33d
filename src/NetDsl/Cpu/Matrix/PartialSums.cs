using System.Numerics;

namespace NetDsl.Cpu;

/// <summary>Adds up partial results element by element, in the order of their index, so that the sum does not depend on who computed them.</summary>
internal static class PartialSums
{
    /// <param name="partials">The first partial result.</param>
    /// <param name="step">Floats from one partial result to the next.</param>
    /// <param name="count">Partial results.</param>
    /// <param name="first">The first element.</param>
    /// <param name="end">The element after the last.</param>
    /// <param name="sum">Receives the sums at the same places; may be the first partial result.</param>
    public static void Add(Floats partials, nint step, int count, nint first, nint end, Floats sum)
    {
        nint i = first;
        for (; i <= end - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> total = partials.Load(i);
            for (int partial = 1; partial < count; partial++) total += partials.Load(i + (partial * step));
            sum.Store(i, total);
        }

        for (; i < end; i++)
        {
            float total = partials[i];
            for (int partial = 1; partial < count; partial++) total += partials[i + (partial * step)];
            sum[i] = total;
        }
    }
}
