using System.Numerics;

namespace NetDsl.Cpu;

/// <summary>
/// How a gradient by weights is cut. The positions are cut into chunks whose partial sums are combined in their order; the
/// number of chunks follows from shape and batch alone, since it shows in the rounding.
/// </summary>
internal readonly struct GradientPlan
{
    private const long PartWork = 256 * 1024;

    /// <summary>Parts that a gradient is cut into, and so the most chunks.</summary>
    public const int WantedParts = 16;

    // No more than can go round: the fewer rows a part has, the shorter the pieces of memory that it reads.
    private const int PartsPerThread = 4;

    private const int MaxPartRows = 96;
    private const int MaxPartColumns = 128;
    private const int PackedTiles = 16;

    private const int MinPackedColumns = 32;

    // Positions that a partial sum must have, so that writing and adding it stays small beside computing it.
    private const int MinChunkPositions = 256;

    /// <summary>Cuts a gradient.</summary>
    /// <param name="runs">Runs of rows.</param>
    /// <param name="runLength">Rows of a run.</param>
    /// <param name="n">Columns.</param>
    /// <param name="strips">Strips of positions.</param>
    /// <param name="positions">Positions over all strips.</param>
    /// <param name="maxPositions">Positions of the longest strip.</param>
    /// <param name="positionStep">Elements from one position to the next.</param>
    /// <param name="threads">Workers, which have no influence on results and on memory.</param>
    public GradientPlan(int runs, int runLength, int n, int strips, long positions, int maxPositions, nint positionStep, int threads)
    {
        MicroKernel kernel = MicroKernel.Current;
        N = n;
        RunTiles = Cut.Ceiling(runLength, kernel.MaxRows);
        Tiles = runs * RunTiles;
        M = runs * runLength;
        int panels = Cut.Ceiling(n, kernel.PanelColumns);
        ColumnParts = Cut.Ceiling(panels, Math.Max(1, MaxPartColumns / kernel.PanelColumns));
        RowParts = Math.Min(Tiles, Cut.Ceiling(M, MaxPartRows));
        SumStep = Cut.Ceiling(panels, ColumnParts) * kernel.PanelColumns;

        // The cut of the positions must not depend on the vector width, so that it is counted in rows and columns as they are.
        long byShape = Math.Max(1, (long)Cut.Ceiling(M, MaxPartRows) * Cut.Ceiling(n, MaxPartColumns));
        long work = (long)M * n * positions;
        long wanted = Math.Clamp(
            Math.Min(Math.Min(WantedParts / byShape, positions / MinChunkPositions), work / (PartWork * byShape)), 1, Math.Max(1, strips));

        // Halves of halves: threads have computed, and read here, equal shares of the rows.
        Chunks = 1 << BitOperations.Log2((uint)wanted);
        int parts = RowParts * ColumnParts * Chunks;
        int most = Math.Min(WantedParts, PartsPerThread * threads);
        if (parts < most)
            RowParts = (int)Math.Clamp(Math.Min(RowParts * (most / parts), work / (PartWork * Chunks * ColumnParts)), RowParts, Tiles);

        // Few tiles do not read a packed panel often enough to pay for packing, and whole vectors need no padding.
        InPlace = n % kernel.Lanes == 0 && Cut.Ceiling(Tiles, RowParts) < PackedTiles;

        // The most that any batch up to this one needs, so that memory for a batch serves every smaller one.
        int mostTiles = Cut.Ceiling(Tiles, Math.Min(Tiles, Cut.Ceiling(M, MaxPartRows)));
        PanelFloats = n % kernel.Lanes == 0 && Tiles < PackedTiles ? 0 : Cut.Align((long)maxPositions * SumStep);
        SumsFloats = Cut.Align((long)mostTiles * kernel.MaxRows * SumStep);

        PackedStep = n < MinPackedColumns || !CacheSets.Crowd(positionStep, maxPositions)
            ? 0
            : CacheSets.Spread(Math.Min(runLength, mostTiles * kernel.MaxRows));
        RowFloats = Cut.Align((long)maxPositions * PackedStep);
        PartialFloats = Chunks > 1 ? Cut.Align((M + 1L) * n) : 0;
    }

    /// <summary>Rows of the result.</summary>
    public int M { get; }

    /// <summary>Columns of the result.</summary>
    public int N { get; }

    /// <summary>Tiles of all runs.</summary>
    public int Tiles { get; }

    /// <summary>Tiles of a run.</summary>
    public int RunTiles { get; }

    /// <summary>Partial sums.</summary>
    public int Chunks { get; }

    /// <summary>Parts that the tiles are cut into.</summary>
    public int RowParts { get; }

    /// <summary>Parts that the columns are cut into.</summary>
    public int ColumnParts { get; }

    /// <summary>Whether B is read where it lies.</summary>
    public bool InPlace { get; }

    /// <summary>Elements from one row of a worker's sums to the next.</summary>
    public int SumStep { get; }

    /// <summary>Floats of a worker's panels.</summary>
    public long PanelFloats { get; }

    /// <summary>Elements from one position to the next of packed rows, an odd number of cache lines; 0 where A is read where it lies.</summary>
    public int PackedStep { get; }

    /// <summary>Floats of a worker's packed rows.</summary>
    public long RowFloats { get; }

    /// <summary>Floats of a worker's sums.</summary>
    public long SumsFloats { get; }

    /// <summary>Floats of a worker's panels, packed rows and sums.</summary>
    public long WorkerFloats => PanelFloats + RowFloats + SumsFloats;

    /// <summary>Floats of one partial result and the sums for a bias behind it, 0 where there is but one.</summary>
    public long PartialFloats { get; }

    /// <summary>Working memory.</summary>
    /// <param name="bufferFloats">Floats of a worker's padded copy.</param>
    public WorkingMemory Scratch(long bufferFloats) => new(partials: Chunks * PartialFloats, worker: WorkerFloats + bufferFloats);
}
