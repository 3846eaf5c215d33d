namespace NetDsl.Cpu;

/// <summary>
/// How a product is cut into parts and blocks, from its shape and the processor's vector width. Every output element is one
/// chain over k wherever it is computed, so the cut has no influence on results.
/// </summary>
internal readonly struct ProductPlan
{
    // Multiply-adds of a part: some 15 microseconds, a hundred times what it costs to hand one out.
    private const long PartWork = 256 * 1024;

    // Where there are too few parts to go round, they may be this small.
    private const long SmallestPart = 48 * 1024;

    // Parts for each thread, so that one that is held up does not hold up the others for long.
    private const int PartsPerThread = 2;

    // A panel of the right operand takes half of the first-level cache, a block of panels lies in the second.
    private const int MaxPanelFloats = 4 * 1024;
    private const int BlockFloats = 64 * 1024;
    private const int SumFloats = 32 * 1024;

    // Floats of a row of the right operand that is worth no packing.
    private const int MaxShortRow = 128;

    // Panels that read a row before copying it pays.
    private const int MinRowPanels = 3;

    // Panels that are packed for all parts at once, which fit into a second-level cache; larger ones cost memory and would be fetched again by each part all the same.
    private const int MaxPackedFloats = 256 * 1024;

    // Rows over which the packing of a block pays.
    private const int RowsPerPart = 192;

    /// <summary>Cuts a product.</summary>
    /// <param name="groups">Groups of rows.</param>
    /// <param name="groupRows">Rows of the longest group.</param>
    /// <param name="segments">The most segments of the summed axis.</param>
    /// <param name="segmentLength">Values of k in a segment.</param>
    /// <param name="n">Columns.</param>
    /// <param name="rowsInPlace">Whether the right operand can be read where it lies.</param>
    /// <param name="threads">Workers.</param>
    /// <param name="rowStep">Elements from one row of the left operand to the next; 0 where they do not lie at one distance.</param>
    public ProductPlan(int groups, int groupRows, int segments, int segmentLength, int n, bool rowsInPlace, int threads, nint rowStep = 0)
    {
        MicroKernel kernel = MicroKernel.Current;
        long k = Math.Max(1, (long)segments * segmentLength);
        int panels = Cut.Ceiling(n, kernel.PanelColumns), groupTiles = Cut.Ceiling(groupRows, kernel.MaxRows);
        long rows = (long)groups * groupRows;
        long work = rows * k * panels * kernel.PanelColumns;

        KBlocks packed = new(segments, segmentLength, MaxPanelFloats / kernel.PanelColumns);
        int mostPanels = Math.Clamp(BlockFloats / (Math.Max(1, packed.MaxLength) * kernel.PanelColumns), 1, panels);

        // With one or two tiles a packed panel would be read no oftener than the operand itself. Short rows are so near to each other that the
        // processor fetches the next ones ahead, and a block of them lies in the second-level cache: packing gains nothing there.
        bool fewTiles = (long)groups * groupTiles <= 2, shortRows = segments == 1 && n <= MaxShortRow && n % kernel.Lanes == 0 && panels == mostPanels;
        InPlace = rowsInPlace && (fewTiles || shortRows);
        long mostColumns = (long)mostPanels * kernel.PanelColumns;
        long mostRows = Math.Max(2 * RowsPerPart, 2 * PartWork / (k * mostColumns));
        if (packed.Count > 1) mostRows = Math.Min(mostRows, SumFloats / mostColumns);
        MostGroups = (int)Math.Min(groups, Math.Max(2, mostRows / groupRows));

        Blocks = !InPlace ? packed : new KBlocks(segments, segmentLength, fewTiles ? int.MaxValue : BlockFloats / n);
        ColumnParts = InPlace ? 1 : Cut.Ceiling(panels, mostPanels);
        int wanted = threads == 1 ? 1 : PartsPerThread * threads;
        RowParts = (int)Math.Clamp(rows / RowsPerPart, 1, Math.Max(1, work / (PartWork * ColumnParts)));

        // In place a part has at least four vectors of columns: fewer chains wait for each other, and memory is read in longer pieces.
        int most = InPlace && kernel.Lanes < 16 ? panels / 2 : panels;
        if (RowParts * ColumnParts < wanted)
            ColumnParts = (int)Math.Clamp(Math.Min(wanted / RowParts, work / (RowParts * SmallestPart)), ColumnParts, Math.Max(ColumnParts, most));
        if (RowParts * ColumnParts < wanted)
            RowParts = (int)Math.Max(RowParts, Math.Min(wanted / ColumnParts, work / (ColumnParts * SmallestPart)));
        RowParts = Math.Clamp(Math.Max(RowParts, Cut.Ceiling(groups, MostGroups)), 1, groups);
        SumStep = Cut.Ceiling(panels, ColumnParts) * kernel.PanelColumns;

        // The most that any batch up to this one needs, so that memory for a batch serves every smaller one.
        PanelFloats = Cut.Align(Math.Max(packed.MaxLength * mostColumns, rowsInPlace ? k * kernel.PanelColumns : 0));
        long groupSums = Math.Max(
            groupRows * mostColumns, rowsInPlace ? Math.Min(groupRows, 2 * kernel.MaxRows) * (long)panels * kernel.PanelColumns : 0);
        SumsFloats = Cut.Align(Math.Max(groupSums, packed.Count == 1 ? 0 : (long)MostGroups * groupRows * mostColumns));
        N = n;
        MaxSegments = segments;
        bool crowds = segments == 1 && rowStep != 0 && panels >= MinRowPanels && CacheSets.Crowd(rowStep, kernel.MaxRows / 2);
        RowStep = crowds && !InPlace && SumStep >= MinRowPanels * kernel.PanelColumns ? CacheSets.Spread(packed.MaxLength) : 0;

        long allPanels = Cut.Align(k * panels * kernel.PanelColumns);
        PackedFloats = !InPlace && rows / RowsPerPart > threads && allPanels <= MaxPackedFloats ? allPanels : 0;

        // A smaller batch may have fewer column parts, and then copies rows where this one does not.
        RowFloats = crowds ? Cut.Align((long)groupRows * CacheSets.Spread(packed.MaxLength)) : 0;
    }

    /// <summary>Whether the right operand is read where it lies, but for a last panel that is not full.</summary>
    public bool InPlace { get; }

    /// <summary>Blocks of the summed axis.</summary>
    public KBlocks Blocks { get; }

    /// <summary>Parts that the rows are cut into.</summary>
    public int RowParts { get; }

    /// <summary>Parts that the columns are cut into.</summary>
    public int ColumnParts { get; }

    /// <summary>The most groups that a part has for this batch or a smaller one.</summary>
    public int MostGroups { get; }

    /// <summary>Elements from one row of sums to the next.</summary>
    public int SumStep { get; }

    /// <summary>Floats of a worker's panels.</summary>
    public long PanelFloats { get; }

    /// <summary>Floats of a worker's sums.</summary>
    public long SumsFloats { get; }

    /// <summary>Elements from one row to the next of a group's rows copied for a block of k, an odd number of cache lines; 0 where they are read where they lie.</summary>
    public int RowStep { get; }

    /// <summary>Floats of a worker's copied rows.</summary>
    public long RowFloats { get; }

    /// <summary>
    /// Floats of all panels, where they are worth packing before the product because each thread has rows for several parts; else 0, and each part packs what it
    /// needs. No less than for a smaller batch.
    /// </summary>
    public long PackedFloats { get; }

    /// <summary>Floats of a worker's panels, sums and copied rows.</summary>
    public long WorkerFloats => PanelFloats + SumsFloats + RowFloats;

    /// <summary>Columns.</summary>
    public int N { get; }

    /// <summary>The most segments of the summed axis.</summary>
    public int MaxSegments { get; }
}
