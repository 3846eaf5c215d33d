using System.Runtime.Intrinsics;

namespace NetDsl.Cpu;

/// <summary>
/// A matrix product that lives in registers, written for one vector width. All of them compute an output element by the same
/// chain of operations.
/// </summary>
internal abstract class MicroKernel
{
    private static MicroKernel s_current =
        Vector512.IsHardwareAccelerated ? new MicroKernel512()
        : Vector256.IsHardwareAccelerated ? new MicroKernel256()
        : new MicroKernel128();

    /// <summary>The one for this processor.</summary>
    public static MicroKernel Current => s_current;

    /// <summary>Floats of a vector.</summary>
    public abstract int Lanes { get; }

    /// <summary>Rows of the tallest tile.</summary>
    public abstract int MaxRows { get; }

    /// <summary>Rows of the tallest tile that is four vectors wide.</summary>
    public abstract int MaxWideRows { get; }

    /// <summary>Whether tiles of two vectors bring <see cref="Tile.Ahead"/> nearer.</summary>
    public virtual bool FetchesAhead => false;

    /// <summary>Columns of a panel: two vectors.</summary>
    public int PanelColumns => 2 * Lanes;

    /// <summary>Computes a tile.</summary>
    /// <param name="tile">Where everything lies.</param>
    /// <param name="rows">1 to <see cref="MaxRows"/>, or to <see cref="MaxWideRows"/> for four vectors.</param>
    /// <param name="vectors">Width in vectors: 1, 2 or 4.</param>
    public abstract void Run(in Tile tile, int rows, int vectors);

    /// <summary>Puts another kernel in the place of this processor's own, for tests; gives back the one that was there.</summary>
    internal static MicroKernel Use(MicroKernel kernel) => Interlocked.Exchange(ref s_current, kernel);
}
