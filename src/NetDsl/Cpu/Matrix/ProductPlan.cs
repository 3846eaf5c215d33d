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
    private const long SmallestPart = 64 * 1024;

    // Parts that keep many cores busy to the end.
    private const int WantedParts = 16;

    // A panel of the right operand and a tile of the left one share the first-level cache, a block of panels lies in the second.
    private const int MaxKBlock = 512;
    private const int BlockFloats = 48 * 1024;
    private const int SumFloats = 32 * 1024;

    // Rows over which the packing of a block pays.
    private const int RowsPerPart = 192;

    /// <summary>Cuts a product.</summary>
    /// <param name="groups">Groups of rows.</param>
    /// <param name="groupRows">Rows of the longest group.</param>
    /// <param name="segments">The most segments of the summed axis.</param>
    /// <param name="segmentLength">Values of k in a segment.</param>
    /// <param name="n">Columns.</param>
    /// <param name="rowsInPlace">Whether the right operand can be read where it lies.</param>
    public ProductPlan(int groups, int groupRows, int segments, int segmentLength, int n, bool rowsInPlace)
    {
        MicroKernel kernel = MicroKernel.Current;
        long k = Math.Max(1, (long)segments * segmentLength);
        int panels = Cut.Ceiling(n, kernel.PanelColumns), groupTiles = Cut.Ceiling(groupRows, kernel.MaxRows);
        long rows = (long)groups * groupRows;
        long work = rows * k * panels * kernel.PanelColumns;

        // With one or two tiles a packed panel would be read no oftener than the operand itself.
        InPlace = rowsInPlace && (long)groups * groupTiles <= 2;
        KBlocks packed = new(segments, segmentLength, MaxKBlock);
        int mostPanels = Math.Clamp(BlockFloats / (Math.Max(1, packed.MaxLength) * kernel.PanelColumns), 1, panels);
        long mostColumns = (long)mostPanels * kernel.PanelColumns;
        long mostRows = Math.Max(2 * RowsPerPart, 2 * PartWork / (k * mostColumns));
        if (packed.Count > 1) mostRows = Math.Min(mostRows, SumFloats / mostColumns);
        MostGroups = (int)Math.Min(groups, Math.Max(2, mostRows / groupRows));

        Blocks = InPlace ? new KBlocks(segments, segmentLength, int.MaxValue) : packed;
        ColumnParts = InPlace ? 1 : Cut.Ceiling(panels, mostPanels);
        RowParts = (int)Math.Clamp(rows / RowsPerPart, 1, Math.Max(1, work / (PartWork * ColumnParts)));
        if (RowParts * ColumnParts < WantedParts)
            ColumnParts = (int)Math.Clamp(Math.Min(WantedParts / RowParts, work / (RowParts * SmallestPart)), ColumnParts, panels);
        if (RowParts * ColumnParts < WantedParts)
            RowParts = (int)Math.Max(RowParts, Math.Min(WantedParts / ColumnParts, work / (ColumnParts * SmallestPart)));
        RowParts = Math.Clamp(Math.Max(RowParts, Cut.Ceiling(groups, MostGroups)), 1, groups);
        SumStep = Cut.Ceiling(panels, ColumnParts) * kernel.PanelColumns;

        // The most that any batch up to this one needs, so that memory for a batch serves every smaller one.
        PanelFloats = Cut.Align(Math.Max(packed.MaxLength * mostColumns, rowsInPlace ? k * kernel.PanelColumns : 0));
        long tileSums = kernel.MaxRows * (rowsInPlace ? (long)panels * kernel.PanelColumns : mostColumns);
        SumsFloats = Cut.Align(Math.Max(tileSums, packed.Count == 1 ? 0 : (long)MostGroups * groupRows * mostColumns));
        N = n;
        MaxSegments = segments;
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

    /// <summary>Floats of a worker's panels and sums.</summary>
    public long WorkerFloats => PanelFloats + SumsFloats;

    /// <summary>Columns.</summary>
    public int N { get; }

    /// <summary>The most segments of the summed axis.</summary>
    public int MaxSegments { get; }
}
