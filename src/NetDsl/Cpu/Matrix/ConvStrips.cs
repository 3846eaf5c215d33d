namespace NetDsl.Cpu;

/// <summary>The operands of the gradient of a convolution by its filter: a strip is some rows of outputs of one sample.</summary>
internal readonly unsafe struct ConvStrips : IGradientStrips
{
    // Positions that share a block of dy in the first-level cache.
    private const int StripPositions = 256;

    private readonly BatchView _x;
    private readonly BatchView _dy;
    private readonly Patches _patches;
    private readonly int _batch;
    private readonly int _filters;
    private readonly int _stripRows;
    private readonly int _sampleStrips;

    public ConvStrips(BatchView x, BatchView dy, int batch, in Conv2DGeometry g)
    {
        (_x, _dy, _batch, _filters, _patches) = (x, dy, batch, g.F, Patches.Of(in g));
        _stripRows = Math.Clamp(StripPositions / g.OW, 1, g.OH);
        _sampleStrips = Cut.Ceiling(g.OH, _stripRows);
    }

    public int Strips => _batch * _sampleStrips;

    public int MaxSegments => _stripRows;

    public int MaxPositions => _stripRows * _patches.OutW;

    public nint PositionStep => (nint)_patches.StepW * _patches.C;

    public nint GradientStep => _filters;

    public int Runs => _patches.Segments;

    public int RunLength => _patches.SegmentLength;

    /// <summary>Floats of a worker's padded copy.</summary>
    public long BufferFloats => _patches.CopyFloats(_stripRows);

    public void Begin(nint* segments, nint* runs)
    {
        for (int i = 0; i < _stripRows; i++) segments[i] = (nint)i * _patches.StepH * _patches.Pitch;
        _patches.SegmentOffsets(runs);
    }

    public float* Strip(int strip, float* buffer, out float* gradient, out int segments, out int length)
    {
        (int sample, int index) = Math.DivRem(strip, _sampleStrips);
        int row = Cut.Start(_patches.OutH, _sampleStrips, index);
        segments = Cut.Start(_patches.OutH, _sampleStrips, index + 1) - row;
        length = _patches.OutW;
        gradient = _dy[sample].Pointer + ((nint)row * length * _filters);
        if (!_patches.Padded) return _patches.InPlace(_x[sample].Pointer, row);
        _patches.CopyPadded(_x[sample].Pointer, row, segments, buffer);
        return buffer;
    }
}
