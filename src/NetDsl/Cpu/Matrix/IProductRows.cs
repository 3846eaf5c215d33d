namespace NetDsl.Cpu;

/// <summary>
/// The left operand of a product and where its rows go: groups of rows that lie at an even distance. A part works on its own
/// copy, which <see cref="Begin"/> sets to the part's rows.
/// </summary>
internal unsafe interface IProductRows
{
    /// <summary>The part's first group.</summary>
    int FirstGroup { get; }

    /// <summary>The group after the part's last.</summary>
    int EndGroup { get; }

    /// <summary>Segments of the summed axis in this part.</summary>
    int Segments { get; }

    /// <summary>Values of k in a segment.</summary>
    int SegmentLength { get; }

    /// <summary>Elements from one row of a group to the next.</summary>
    nint RowStep { get; }

    /// <summary>Turns to a part.</summary>
    /// <param name="part">Index of the part among those that the rows are cut into.</param>
    /// <param name="buffer">The worker's memory for a padded copy.</param>
    /// <param name="segments">Receives the offset of each segment.</param>
    void Begin(int part, float* buffer, nint* segments);

    /// <summary>Where a group's first row lies, and how many rows it has.</summary>
    float* Group(int group, out int rows);

    /// <summary>Rows that a sample of the output has, where a group goes on into the next sample; else a number that no row reaches.</summary>
    int SampleRows { get; }

    /// <summary>Where a group's row <paramref name="index"/> goes; its neighbour goes <paramref name="step"/> rows further.</summary>
    void Output(int group, int index, out int sample, out int row, out int step);
}

/// <summary>The right operand of a product, packed into panels: <c>panel[k * columns of a panel + j]</c>, zero where there is no column.</summary>
internal unsafe interface IProductColumns
{
    /// <summary>Row 0 of the operand where its rows lie as the micro-kernels can read them, else <see langword="null"/>.</summary>
    float* Rows { get; }

    /// <summary>
    /// The panels of the whole operand where they were packed before, those of the first block of k first; else <see langword="null"/>.
    /// </summary>
    float* Packed { get; }

    /// <summary>Turns to a part, see <see cref="IProductRows.Begin"/>.</summary>
    void Begin(int part);

    /// <summary>Packs part of a segment of neighbouring panels.</summary>
    /// <param name="segment">The segment of the summed axis.</param>
    /// <param name="start">First k within the segment.</param>
    /// <param name="length">Values of k.</param>
    /// <param name="column">First column.</param>
    /// <param name="columns">Columns of all panels together.</param>
    /// <param name="panelColumns">Columns of a panel.</param>
    /// <param name="panelStep">Floats from one panel to the next.</param>
    /// <param name="panel">Receives the first panel.</param>
    void Pack(int segment, int start, int length, int column, int columns, int panelColumns, nint panelStep, float* panel);
}
