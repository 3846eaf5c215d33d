using System.Numerics;

namespace NetDsl.Cpu;

/// <summary>The operands of the gradient of a matrix product by its weights: rows are positions.</summary>
internal readonly unsafe struct MatMulStrips(BatchView x, BatchView dy, int batch, int rowsPerSample, int m, int n, bool even) : IGradientStrips
{
    private const int StripRows = 256;

    public int Strips => StripCount(batch, rowsPerSample, even);

    public int MaxSegments => 1;

    public int MaxPositions => MaxRows(batch, rowsPerSample, even);

    public nint PositionStep => rowsPerSample == 1 ? x.Stride : m;

    public nint GradientStep => rowsPerSample == 1 ? dy.Stride : n;

    public int Runs => 1;

    public int RunLength => m;

    /// <summary>Strips of all rows where they lie at one distance, else of each sample.</summary>
    public static int StripCount(int batch, int rowsPerSample, bool even) =>
        even ? InChunks(Cut.Ceiling(batch * rowsPerSample, StripRows)) : batch * Cut.Ceiling(rowsPerSample, StripRows);

    /// <summary>Rows of the longest strip.</summary>
    public static int MaxRows(int batch, int rowsPerSample, bool even) => Math.Min(StripRows, even ? batch * rowsPerSample : rowsPerSample);

    public void Begin(nint* segments, nint* runs) => (segments[0], runs[0]) = (0, 0);

    public float* Strip(int strip, float* buffer, out float* gradient, out int segments, out int length)
    {
        int rows = even ? batch * rowsPerSample : rowsPerSample;
        int strips = even ? Strips : Cut.Ceiling(rows, StripRows);
        (int sample, int index) = Math.DivRem(strip, strips);
        int first = Cut.Start(rows, strips, index);
        segments = 1;
        length = Cut.Start(rows, strips, index + 1) - first;
        gradient = dy[sample].Pointer + (first * GradientStep);
        return x[sample].Pointer + (first * PositionStep);
    }

    public float* Peek(int strip) => Strip(strip, null, out _, out _, out _);

    /// <summary>A number of strips that any number of chunks divides: chunks are a power of two, and all of one length.</summary>
    private static int InChunks(int strips)
    {
        int chunks = (int)Math.Min(GradientPlan.WantedParts, BitOperations.RoundUpToPowerOf2((uint)strips));
        return Cut.Ceiling(strips, Math.Max(1, chunks)) * chunks;
    }
}
