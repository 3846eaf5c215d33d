using System.Numerics;

namespace NetDsl.Cpu;

/// <summary>How a convolution of <see cref="OneChannelKernel{TE}"/> is cut into parts.</summary>
internal readonly struct OneChannelPlan
{
    // With more taps the micro-kernel's tiles pay, which load less for what they compute.
    private const int MaxTaps = 25;

    // Multiply-adds of a part: about a microsecond, ten times what it costs to hand one out.
    private const long PartWork = 48 * 1024;

    /// <summary>Cuts a convolution.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="g">The shapes.</param>
    /// <param name="unit">Rows of outputs that stay in one part.</param>
    public OneChannelPlan(int batch, in Conv2DGeometry g, int unit)
    {
        Patches patches = Patches.Of(in g);
        int units = batch * Cut.Ceiling(g.OH, unit);
        long unitWork = Math.Max(1, (long)Math.Min(unit, g.OH) * g.OW * g.F * g.KH * g.KW);
        int most = (int)Math.Max(1, PartWork / unitWork);
        Parts = Cut.Ceiling(units, most);
        SumsFloats = g.F % Vector<float>.Count == 0 ? 0 : Cut.Align((long)g.OW * Vector<float>.Count);
        WorkerFloats = SumsFloats + ConvRows<ForwardPhases>.BufferFloats(in patches, Math.Min(units, most) * unit);
    }

    /// <summary>Parts that the rows of outputs are cut into.</summary>
    public int Parts { get; }

    /// <summary>Floats of a row for the filters that do not fill a vector.</summary>
    public long SumsFloats { get; }

    /// <summary>Floats of a worker: those, and a copy of the pixels with zeros around them where there is padding.</summary>
    public long WorkerFloats { get; }

    /// <summary>Whether a convolution is one of these; the batch has no say in it.</summary>
    public static bool Fits(in Conv2DGeometry g) => g.C == 1 && g.StrideW == 1 && g.DilationW == 1 && g.KH * g.KW is > 1 and <= MaxTaps;

    /// <summary>Whether the convolution and the pooling after it are computed window by window.</summary>
    public static bool Fits(in Conv2DGeometry g, in Pool2DGeometry pool) =>
        Fits(in g) && g.StrideH == 1 && g.DilationH == 1
        && pool.KernelH == 2 && pool.KernelW == 2 && pool.StrideH == 2 && pool.StrideW == 2;

    /// <summary>Copies the weights of the filters that do not fill a vector, with zeros beside them.</summary>
    /// <returns>Filters before those.</returns>
    public static unsafe int Widen(float* weights, int taps, int filters, float* wide)
    {
        int lanes = Vector<float>.Count, whole = filters / lanes * lanes, rest = filters - whole;
        if (rest == 0) return whole;
        new Span<float>(wide, taps * lanes).Clear();
        for (int tap = 0; tap < taps; tap++)
            new ReadOnlySpan<float>(weights + (tap * filters) + whole, rest).CopyTo(new Span<float>(wide + (tap * lanes), rest));
        return whole;
    }
}
