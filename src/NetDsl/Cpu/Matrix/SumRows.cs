using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>The rows of several matrices of one shape side by side: the summed axis has a segment in each.</summary>
/// <param name="rows">Those of the first matrix.</param>
/// <param name="x">The matrices.</param>
/// <param name="terms">Their number.</param>
/// <param name="even">Whether the samples of all lie at one distance; else a group is a sample.</param>
internal unsafe struct SumRows(MatMulRows rows, BatchView* x, int terms, bool even) : IProductRows
{
    private MatMulRows _rows = rows;
    private nint* _segments;

    public readonly int FirstGroup => _rows.FirstGroup;

    public readonly int EndGroup => _rows.EndGroup;

    public readonly int Segments => terms;

    public readonly int SegmentLength => _rows.SegmentLength;

    public readonly nint RowStep => _rows.RowStep;

    public readonly int SampleRows => _rows.SampleRows;

    public void Begin(int part, float* buffer, nint* segments)
    {
        _rows.Begin(part, buffer, segments);
        _segments = segments;
        TurnTo(0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float* Group(int group, out int rows)
    {
        if (!even) TurnTo(group);
        return _rows.Group(group, out rows);
    }

    public readonly void Output(int group, int index, out int sample, out int row, out int step) => _rows.Output(group, index, out sample, out row, out step);

    /// <summary>Sets the segments to where the matrices of a sample lie, seen from the first.</summary>
    private readonly void TurnTo(int sample)
    {
        for (int i = 0; i < terms; i++) _segments[i] = (nint)(x[i][sample].Pointer - x[0][sample].Pointer);
    }
}

/// <summary>Transposed right operands one below the other: each n x k, a segment of the summed axis.</summary>
internal readonly unsafe struct SumColumns(float** w, int k) : IProductColumns
{
    public float* Rows => null;

    public float* Packed => null;

    public void Begin(int part)
    {
    }

    public void Pack(int segment, int start, int length, int column, int columns, int panelColumns, nint panelStep, float* panel) =>
        Panels.Transpose(w[segment] + ((nint)column * k) + start, k, length, columns, panelColumns, panelStep, panel);
}
