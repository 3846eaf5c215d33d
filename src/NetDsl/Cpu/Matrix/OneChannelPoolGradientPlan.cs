namespace NetDsl.Cpu;

/// <summary>How a gradient of <see cref="OneChannelPoolGradientKernel"/> is cut; by shape and batch alone, since it shows in the rounding.</summary>
internal readonly struct OneChannelPoolGradientPlan
{
    private const int MaxParts = 16;

    // Multiply-adds of a part, so that writing and adding its partial sums stays small beside computing them.
    private const long PartWork = 128 * 1024;

    /// <summary>Cuts a gradient.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="g">The shapes of the forward convolution.</param>
    /// <param name="pool">The shapes of the pooling after it.</param>
    public OneChannelPoolGradientPlan(int batch, in Conv2DGeometry g, in Pool2DGeometry pool)
    {
        Patches patches = Patches.Of(in g);
        int units = batch * Cut.Ceiling(g.OH, 2), most = (int)Math.Max(1, PartWork / (4L * pool.OW * g.F * g.KH * g.KW));
        Parts = Math.Clamp(Cut.Ceiling(units, most), 1, MaxParts);
        PartialFloats = Cut.Align((long)g.KH * g.KW * g.F);

        // No smaller batch needs more.
        CopyFloats = ConvRows<ForwardPhases>.BufferFloats(in patches, 2 * Math.Max(Math.Min(units, most), Cut.Ceiling(units, Parts)));
    }

    /// <summary>Parts that the rows of windows are cut into, each with a partial result.</summary>
    public int Parts { get; }

    /// <summary>Floats of a partial result.</summary>
    public long PartialFloats { get; }

    /// <summary>Floats of a worker's copy of the pixels with zeros around them.</summary>
    public long CopyFloats { get; }

    /// <summary>Working memory.</summary>
    public WorkingMemory Scratch => new(partials: Parts * PartialFloats, worker: CopyFloats);
}
