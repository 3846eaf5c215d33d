namespace NetDsl.Cpu;

/// <summary>
/// What a micro-kernel does: C[i, j] (+)= the sum over k of A[i, k] * B[k, j], k ascending. k runs through segments of equal
/// length; the elements of A of one segment are <see cref="KStep"/> apart, segments start at given offsets, and B goes on
/// without a gap. Strides of both axes of A are free, so neither a transposed operand nor an image has to be packed.
/// </summary>
internal unsafe struct Tile
{
    /// <summary>
    /// Tiles of the same height below each other that are computed in one call, at most two vectors wide; 0 is one, too.
    /// </summary>
    public int Repeats;

    /// <summary>A[0, 0] for a segment offset of 0.</summary>
    public float* A;

    /// <summary>Elements from one row of A to the next.</summary>
    public nint RowStep;

    /// <summary>Elements from one k to the next.</summary>
    public nint KStep;

    /// <summary>Offsets of the segments from <see cref="A"/>, in elements.</summary>
    public nint* Segments;

    /// <summary>Number of segments.</summary>
    public int SegmentCount;

    /// <summary>Values of k in a segment.</summary>
    public int SegmentLength;

    /// <summary>B[0, 0].</summary>
    public float* B;

    /// <summary>Elements from one row of B to the next.</summary>
    public nint BStep;

    /// <summary>C[0, 0].</summary>
    public float* C;

    /// <summary>Elements from one row of C to the next.</summary>
    public nint CStep;

    /// <summary>Whether C holds the sum so far; else it is overwritten.</summary>
    public bool Accumulate;

    /// <summary>Memory that is needed soon, <see langword="null"/> for none: while it computes, a micro-kernel that can (<see cref="MicroKernel.FetchesAhead"/>) brings a cache line of it nearer for each k.</summary>
    public float* Ahead;

    /// <summary>Elements from one of these lines to the next.</summary>
    public nint AheadStep;

    /// <summary>How the operands lie.</summary>
    /// <param name="panelColumns">Columns of a packed panel.</param>
    public readonly TileLayout Layout(int panelColumns) =>
        KStep == 1 && BStep == panelColumns ? TileLayout.Dense
        : RowStep == 1 ? TileLayout.Columns
        : TileLayout.Strided;
}
