namespace NetDsl.Cpu;

/// <summary>How the operands of a tile lie, which decides how much of an address is a literal.</summary>
internal enum TileLayout
{
    /// <summary>Any strides.</summary>
    Strided,

    /// <summary>Values of k are neighbours in A, and B is a packed panel.</summary>
    Dense,

    /// <summary>Rows are neighbours in A.</summary>
    Columns,
}

/// <summary>
/// <see cref="TileLayout"/> as a type, so that the JIT writes one micro-kernel for each. Where it is known, four values of k are one step,
/// with hardly an instruction beside loads and multiply-adds: on a core that another thread shares, instructions are what is short.
/// </summary>
internal interface ITileLayout
{
    /// <summary>Whether it is <see cref="TileLayout.Dense"/>.</summary>
    static abstract bool Dense { get; }

    /// <summary>Whether it is <see cref="TileLayout.Columns"/>.</summary>
    static abstract bool Columns { get; }
}

internal readonly struct DenseTile : ITileLayout
{
    public static bool Dense => true;

    public static bool Columns => false;
}

internal readonly struct ColumnsTile : ITileLayout
{
    public static bool Dense => false;

    public static bool Columns => true;
}

internal readonly struct StridedTile : ITileLayout
{
    public static bool Dense => false;

    public static bool Columns => false;
}
