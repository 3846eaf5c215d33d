using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>The rows of a matrix with a batch axis. Where all rows lie at one distance a group is some tiles, else it is a sample.</summary>
internal unsafe struct MatMulRows : IProductRows
{
    private readonly BatchView _x;
    private readonly int _rowsPerSample;
    private readonly int _k;
    private readonly bool _even;
    private readonly int _rows;
    private readonly int _parts;

    public MatMulRows(BatchView x, int batch, int rowsPerSample, int k, in MatMulShape shape, int parts)
    {
        (_x, _rowsPerSample, _k, _parts) = (x, rowsPerSample, k, parts);
        (_even, _rows, Groups) = (shape.Even, batch * rowsPerSample, shape.Groups);
    }

    public readonly int Groups { get; }

    public int FirstGroup { get; private set; }

    public int EndGroup { get; private set; }

    public readonly int Segments => 1;

    public readonly int SegmentLength => _k;

    public readonly nint RowStep => _rowsPerSample == 1 ? _x.Stride : _k;

    public readonly int SampleRows => _rowsPerSample;

    public void Begin(int part, float* buffer, nint* segments)
    {
        (FirstGroup, EndGroup) = (Cut.Start(Groups, _parts, part), Cut.Start(Groups, _parts, part + 1));
        segments[0] = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float* Group(int group, out int rows)
    {
        if (!_even)
        {
            rows = _rowsPerSample;
            return _x[group].Pointer;
        }

        int first = Cut.Start(_rows, Groups, group);
        rows = Cut.Start(_rows, Groups, group + 1) - first;
        return _x.Data.Pointer + (first * RowStep);
    }

    public readonly void Output(int group, int index, out int sample, out int row, out int step)
    {
        step = 1;
        if (!_even) (sample, row) = (group, index);
        else (sample, row) = Math.DivRem(Cut.Start(_rows, Groups, group) + index, _rowsPerSample);
    }
}

/// <summary>How the rows of a matrix with a batch axis form groups.</summary>
internal readonly struct MatMulShape
{
    // Tiles that pass by a panel while it is in the first-level cache. Few panels leave the parts to the rows.
    private const int TilesPerGroup = 8;
    private const int FewPanels = 4;

    public MatMulShape(int batch, int rowsPerSample, int n, bool even)
    {
        MicroKernel kernel = MicroKernel.Current;
        int rows = batch * rowsPerSample;
        int most = kernel.MaxRows * (n > FewPanels * kernel.PanelColumns ? TilesPerGroup : 1);
        Even = even;
        Groups = even ? Math.Max(1, Cut.Ceiling(rows, most)) : batch;
        GroupRows = even ? Math.Min(most, rows) : rowsPerSample;
    }

    /// <summary>Whether all rows of all samples lie at one distance.</summary>
    public bool Even { get; }

    public int Groups { get; }

    /// <summary>The most rows of a group; no more than in a larger batch.</summary>
    public int GroupRows { get; }

    /// <summary>Whether the rows of a tensor lie at one distance.</summary>
    public static bool IsEven(BatchView x, int rowsPerSample, int elements) =>
        rowsPerSample == 1 || x.Stride == (long)rowsPerSample * elements;
}

/// <summary>A row-major right operand: k x n.</summary>
internal readonly unsafe struct PlainColumns(float* w, int segmentLength, int n, float* packed = null) : IProductColumns
{
    public float* Rows => w;

    public float* Packed => packed;

    /// <summary>The columns of a product, with their panels where the frame keeps packed weights.</summary>
    public static PlainColumns Of(in CpuFrame f, Floats w, int segments, int segmentLength, int n, in ProductPlan plan)
    {
        PlainColumns columns = new(w.Pointer, segmentLength, n);

        // In place, panels are read where one is not full; a single one is packed as a whole either way.
        bool reads = !plan.InPlace || (n % MicroKernel.Current.Lanes != 0 && n <= MicroKernel.Current.PanelColumns);
        return reads && f.Packed is not null
            ? new PlainColumns(w.Pointer, segmentLength, n, f.Packed.Of(in columns, segments, segmentLength, n, plan.Blocks))
            : columns;
    }

    public void Begin(int part)
    {
    }

    public void Pack(int segment, int start, int length, int column, int columns, int panelColumns, nint panelStep, float* panel) =>
        Panels.Copy(w + ((((nint)segment * segmentLength) + start) * n) + column, n, length, columns, panelColumns, panelStep, panel);
}

/// <summary>A transposed right operand: n x k.</summary>
internal readonly unsafe struct TransposedColumns(float* w, int k) : IProductColumns
{
    public float* Rows => null;

    public float* Packed => null;

    public void Begin(int part)
    {
    }

    public void Pack(int segment, int start, int length, int column, int columns, int panelColumns, nint panelStep, float* panel) =>
        Panels.Transpose(w + ((nint)column * k) + start, k, length, columns, panelColumns, panelStep, panel);
}
