using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>The patches of a convolution as rows of a product: a group is a row of outputs.</summary>
internal unsafe struct ConvRows<TPhases> : IProductRows
    where TPhases : struct, IConvPhases
{
    private readonly BatchView _images;
    private readonly int _batch;
    private readonly int _parts;
    private readonly TPhases _phases;
    private Patches _patches;
    private ConvOutput _output;
    private float* _copies;
    private nint _copyFloats;
    private int _firstSample;
    private int _firstRow;

    public ConvRows(BatchView images, int batch, TPhases phases, int parts) =>
        (_images, _batch, _phases, _parts) = (images, batch, phases, parts);

    public int FirstGroup { get; private set; }

    public int EndGroup { get; private set; }

    public readonly int Segments => _patches.Segments;

    public readonly int SegmentLength => _patches.SegmentLength;

    public readonly nint RowStep => (nint)_patches.StepW * _patches.C;

    public readonly int SampleRows => int.MaxValue;

    /// <summary>Elements from one row of pixels to the next.</summary>
    public readonly nint Pitch => _patches.Pitch;

    /// <summary>Floats of a worker's padded copies: of each sample that a part of <paramref name="groups"/> output rows touches.</summary>
    public static long BufferFloats(in Patches patches, int groups)
    {
        // A phase of a stride greater than the image has no output rows.
        if (!patches.Padded || patches.OutH == 0) return 0;
        int samples = groups == 0 ? 0 : 1 + Cut.Ceiling(groups - 1, patches.OutH);
        return samples * patches.CopyFloats(groups);
    }

    public void Begin(int part, float* buffer, nint* segments)
    {
        (int phase, int piece) = Math.DivRem(part, _parts);
        _patches = _phases.Patches(phase);
        _output = _phases.Output(phase);
        _patches.SegmentOffsets(segments);
        (FirstGroup, EndGroup) = (PartStart(piece), PartStart(piece + 1));
        if (!_patches.Padded || FirstGroup == EndGroup) return;

        (_firstSample, _firstRow) = Math.DivRem(FirstGroup, _patches.OutH);
        _copies = buffer;
        _copyFloats = (nint)_patches.CopyFloats(EndGroup - FirstGroup);
        for (int group = FirstGroup; group < EndGroup; buffer += _copyFloats)
        {
            (int sample, int row) = Math.DivRem(group, _patches.OutH);
            int rows = Math.Min(_patches.OutH - row, EndGroup - group);
            _patches.CopyPadded(_images[sample].Pointer, row, rows, buffer);
            group += rows;
        }
    }

    /// <summary>The first group of a part, which begins with an image or some whole units after that.</summary>
    private readonly int PartStart(int piece)
    {
        int unit = _phases.RowUnit;
        if (unit == 1) return Cut.Start(_batch * _patches.OutH, _parts, piece);
        int units = Cut.Ceiling(_patches.OutH, unit);
        (int sample, int inSample) = Math.DivRem(Cut.Start(_batch * units, _parts, piece), units);
        return (sample * _patches.OutH) + (inSample * unit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float* Group(int group, out int rows)
    {
        rows = _patches.OutW;
        (int sample, int row) = Math.DivRem(group, _patches.OutH);
        if (!_patches.Padded) return _patches.InPlace(_images[sample].Pointer, row);
        int first = sample == _firstSample ? _firstRow : 0;
        return _copies + ((sample - _firstSample) * _copyFloats) + ((nint)(row - first) * _patches.StepH * _patches.Pitch);
    }

    public readonly void Output(int group, int index, out int sample, out int row, out int step)
    {
        (sample, int outputRow) = Math.DivRem(group, _patches.OutH);
        row = (((outputRow * _output.StepH) + _output.FirstH) * _output.W) + (index * _output.StepW) + _output.FirstW;
        step = _output.StepW;
    }
}

/// <summary>The parts of a convolution that have patches of their own; one, but for the input gradient under stride.</summary>
internal interface IConvPhases
{
    /// <summary>Rows of outputs that stay in one part, from the first of an image on.</summary>
    int RowUnit { get; }

    Patches Patches(int phase);

    ConvOutput Output(int phase);
}

/// <summary>Where the outputs of a phase lie in the result.</summary>
/// <param name="FirstH">Row of the first.</param>
/// <param name="FirstW">Column of the first.</param>
/// <param name="StepH">Rows from one to the next.</param>
/// <param name="StepW">Columns from one to the next.</param>
/// <param name="W">Columns of the result.</param>
internal readonly record struct ConvOutput(int FirstH, int FirstW, int StepH, int StepW, int W);

/// <summary>A forward convolution.</summary>
internal readonly struct ForwardPhases(Conv2DGeometry g, int rowUnit) : IConvPhases
{
    public int RowUnit => rowUnit;

    public Patches Patches(int phase) => Cpu.Patches.Of(in g);

    public ConvOutput Output(int phase) => new(0, 0, 1, 1, g.OW);
}
