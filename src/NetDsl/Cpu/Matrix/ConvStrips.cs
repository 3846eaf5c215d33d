namespace NetDsl.Cpu;

/// <summary>
/// The operands of the gradient of a convolution by its filter: a strip is some rows of outputs of one sample, or all rows of
/// some samples where they are few and the samples of dy lie without gaps.
/// </summary>
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
    private readonly int _stripSamples;

    public ConvStrips(BatchView x, BatchView dy, int batch, in Conv2DGeometry g, bool dense)
    {
        (_x, _dy, _batch, _filters, _patches) = (x, dy, batch, g.F, Patches.Of(in g));
        _stripRows = Math.Clamp(StripPositions / g.OW, 1, g.OH);
        _sampleStrips = Cut.Ceiling(g.OH, _stripRows);
        _stripSamples = dense && _sampleStrips == 1 ? Math.Clamp(StripPositions / (g.OW * g.OH), 1, batch) : 1;
    }

    public int Strips => _stripSamples > 1 ? Cut.Ceiling(_batch, _stripSamples) : _batch * _sampleStrips;

    public int MaxSegments => _stripRows * _stripSamples;

    public int MaxPositions => MaxSegments * _patches.OutW;

    public nint PositionStep => (nint)_patches.StepW * _patches.C;

    public nint GradientStep => _filters;

    public int Runs => _patches.Segments;

    public int RunLength => _patches.SegmentLength;

    /// <summary>Floats of a worker's padded copy.</summary>
    public long BufferFloats => _stripSamples * _patches.CopyFloats(_stripRows);

    /// <summary>Whether the samples of dy lie without gaps.</summary>
    public static bool IsDense(BatchView dy, in Conv2DGeometry g) => dy.Stride == (long)g.OH * g.OW * g.F;

    public void Begin(nint* segments, nint* runs)
    {
        nint sampleStep = _patches.Padded ? (nint)_patches.CopyFloats(_stripRows) : _x.Stride;
        for (int i = 0; i < MaxSegments; i++)
            segments[i] = (i / _stripRows * sampleStep) + ((nint)(i % _stripRows) * _patches.StepH * _patches.Pitch);
        _patches.SegmentOffsets(runs);
    }

    public float* Strip(int strip, float* buffer, out float* gradient, out int segments, out int length)
    {
        int sample, row = 0, samples = 1, rows = _patches.OutH;
        if (_stripSamples > 1)
        {
            sample = strip * _stripSamples;
            samples = Math.Min(_stripSamples, _batch - sample);
        }
        else
        {
            (sample, int index) = Math.DivRem(strip, _sampleStrips);
            row = Cut.Start(_patches.OutH, _sampleStrips, index);
            rows = Cut.Start(_patches.OutH, _sampleStrips, index + 1) - row;
        }

        segments = samples * rows;
        length = _patches.OutW;
        gradient = _dy[sample].Pointer + ((nint)row * length * _filters);
        if (!_patches.Padded) return _patches.InPlace(_x[sample].Pointer, row);
        for (int i = 0; i < samples; i++)
            _patches.CopyPadded(_x[sample + i].Pointer, row, rows, buffer + (i * (nint)_patches.CopyFloats(_stripRows)));
        return buffer;
    }

    public float* Peek(int strip) => null;
}
