using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>Cuts a length into pieces whose sizes differ by at most one, the greater ones first.</summary>
internal static class Cut
{
    /// <summary>The quotient, rounded up.</summary>
    public static int Ceiling(int dividend, int divisor) => (int)(((long)dividend + divisor - 1) / divisor);

    /// <inheritdoc cref="Ceiling(int, int)"/>
    public static long Ceiling(long dividend, long divisor) => (dividend + divisor - 1) / divisor;

    /// <summary>The start of a piece; that of piece <paramref name="pieces"/> is the end of the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Start(int length, int pieces, int piece)
    {
        (int share, int rest) = Math.DivRem(length, pieces);
        return (piece * share) + Math.Min(piece, rest);
    }

    /// <summary>The next multiple of 16: arena places are aligned to it.</summary>
    public static long Align(long floats) => (floats + 15) & ~15L;

    /// <summary>The multiple of 16 before.</summary>
    public static nint AlignDown(nint floats) => floats & ~15;
}
