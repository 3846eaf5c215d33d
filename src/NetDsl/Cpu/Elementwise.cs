namespace NetDsl.Cpu;

/// <summary>How elementwise work is cut into parts: by its size alone.</summary>
public static class Elementwise
{
    // 64 KiB of each operand: a few microseconds of work, some tens of times what it costs to hand out a part.
    private const long PartElements = 16 * 1024;

    private const long Alignment = 16;

    /// <summary>How many parts work on <paramref name="elements"/> elements is cut into; at least 1.</summary>
    public static int Parts(long elements) => (int)Math.Max(1, (elements + PartElements - 1) / PartElements);

    /// <summary>The elements of one part.</summary>
    /// <param name="total">Elements of all parts.</param>
    /// <param name="parts">Number of parts.</param>
    /// <param name="part">0 to <paramref name="parts"/> - 1.</param>
    /// <returns>First element, a multiple of 16, and the one after the last; both are <paramref name="total"/> for a part that got nothing.</returns>
    public static (nint Start, nint End) Range(long total, int parts, int part)
    {
        long share = (total + parts - 1) / parts;
        share = (share + Alignment - 1) / Alignment * Alignment;
        return ((nint)Math.Min(part * share, total), (nint)Math.Min((part + 1) * share, total));
    }
}
