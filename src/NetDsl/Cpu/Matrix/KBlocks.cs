namespace NetDsl.Cpu;

/// <summary>
/// The summed axis of a product, cut into blocks whose panels stay in the cache: whole segments, or pieces of one where a
/// segment is longer than a block. Blocks follow each other in the order of k.
/// </summary>
internal readonly struct KBlocks
{
    private readonly int _segments;
    private readonly int _length;
    private readonly int _segmentBlocks;
    private readonly int _pieces;

    public KBlocks(int segments, int length, int most)
    {
        (_segments, _length) = (segments, length);
        if (length <= most)
        {
            _pieces = 1;
            _segmentBlocks = Math.Max(1, Cut.Ceiling(segments, Math.Max(1, most / Math.Max(1, length))));
        }
        else
        {
            _pieces = Cut.Ceiling(length, most);
            _segmentBlocks = Math.Max(1, segments);
        }
    }

    /// <summary>Number of blocks, at least 1: a product over nothing is one empty block, which gives zeros.</summary>
    public int Count => _segmentBlocks * _pieces;

    /// <summary>The most values of k that a block has.</summary>
    public int MaxLength => Cut.Ceiling(_segments, _segmentBlocks) * Cut.Ceiling(_length, _pieces);

    /// <summary>One block.</summary>
    public KBlock this[int index]
    {
        get
        {
            (int block, int piece) = Math.DivRem(index, _pieces);
            int first = Cut.Start(_segments, _segmentBlocks, block), start = Cut.Start(_length, _pieces, piece);
            return new KBlock(
                first, Cut.Start(_segments, _segmentBlocks, block + 1) - first, start, Cut.Start(_length, _pieces, piece + 1) - start);
        }
    }
}

/// <summary>A block of the summed axis.</summary>
/// <param name="FirstSegment">First segment.</param>
/// <param name="Segments">Number of segments.</param>
/// <param name="Start">First k of the block within each segment.</param>
/// <param name="Length">Values of k within each segment.</param>
internal readonly record struct KBlock(int FirstSegment, int Segments, int Start, int Length)
{
    /// <summary>Values of k.</summary>
    public int Depth => Segments * Length;

    /// <summary>Packs neighbouring panels, each with all of this block's k.</summary>
    /// <param name="source">The operand.</param>
    /// <param name="column">First column.</param>
    /// <param name="columns">Columns of all panels together.</param>
    /// <param name="panelColumns">Columns of a panel.</param>
    /// <param name="panels">Receives them.</param>
    public unsafe void Pack<TColumns>(in TColumns source, int column, int columns, int panelColumns, float* panels)
        where TColumns : struct, IProductColumns
    {
        nint panelStep = (nint)Depth * panelColumns;
        for (int segment = 0; segment < Segments; segment++, panels += Length * panelColumns)
            source.Pack(FirstSegment + segment, Start, Length, column, columns, panelColumns, panelStep, panels);
    }
}
