namespace NetDsl.Cpu;

/// <summary>The sets of the first-level cache, which lines at a power of two's distance share.</summary>
internal static class CacheSets
{
    // Floats of a line, sets, and the ways of a set that may go to one operand.
    private const int LineFloats = 16;
    private const int Sets = 64;
    private const int Ways = 4;

    /// <summary>
    /// Whether so many lines that are read side by side fall into so few sets that they push each other out. Lines at a distance of d
    /// meet in the same set every sets / gcd(d, sets).
    /// </summary>
    /// <param name="step">Floats from one line to the next.</param>
    /// <param name="lines">How many.</param>
    public static bool Crowd(nint step, int lines)
    {
        if (step % LineFloats != 0) return false;
        nint a = step / LineFloats, b = Sets;
        while (b != 0) (a, b) = (b, a % b);
        return lines > Sets / a * Ways;
    }

    /// <summary>A distance of at least <paramref name="floats"/> that is an odd number of lines: neighbours never meet in a set.</summary>
    public static int Spread(long floats) => (int)Cut.Align(floats) | LineFloats;
}
