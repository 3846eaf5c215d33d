using NetDsl.Engines;

namespace NetDsl.Cpu;

/// <summary>
/// Weights as the products of predictions read them: packed into panels once after they changed, and not by every call. A tensor
/// is packed when a product first asks for it. May be asked on any number of threads.
/// </summary>
/// <param name="parameters">The network's parameters.</param>
internal sealed unsafe class PackedWeights(FloatArena parameters) : IDisposable
{
    // Tensors begin at multiples of so many floats.
    private const int Alignment = 16;

    private readonly Lock _packing = new();
    private readonly Packed?[] _tensors = new Packed?[(parameters.Length / Alignment) + 1];
    private long _version = 1;

    /// <summary>To be called after parameters changed.</summary>
    public void Invalidate() => Interlocked.Increment(ref _version);

    /// <summary>
    /// All panels of a product's right operand, those of the first block of k first; <see langword="null"/> where it is no tensor
    /// of the parameters, or one that another product reads in another shape.
    /// </summary>
    /// <param name="source">The operand.</param>
    /// <param name="segments">Segments of the summed axis.</param>
    /// <param name="segmentLength">Values of k in a segment.</param>
    /// <param name="n">Columns.</param>
    /// <param name="blocks">The blocks of k.</param>
    public float* Of(in PlainColumns source, int segments, int segmentLength, int n, in KBlocks blocks)
    {
        nint offset = (nint)(source.Rows - parameters.Floats.Pointer);
        if (offset < 0 || offset >= parameters.Length || offset % Alignment != 0) return null;
        ref Packed? place = ref _tensors[offset / Alignment];
        Packed? packed = Volatile.Read(ref place);
        if (packed is null || Volatile.Read(ref packed.Version) != Volatile.Read(ref _version))
            packed = Pack(ref place, in source, segments, segmentLength, n, in blocks);
        return packed.Is(segments, segmentLength, n) ? packed.Panels.Floats.Pointer : null;
    }

    public void Dispose()
    {
        foreach (Packed? packed in _tensors) packed?.Panels.Dispose();
    }

    private Packed Pack(ref Packed? place, in PlainColumns source, int segments, int segmentLength, int n, in KBlocks blocks)
    {
        lock (_packing)
        {
            // Read first: what changes while this packs is packed again by the next call.
            long version = Volatile.Read(ref _version);
            int width = MicroKernel.Current.PanelColumns, panels = Cut.Ceiling(n, width);
            Packed packed = place ?? new Packed(new FloatArena((long)segments * segmentLength * panels * width), segments, segmentLength, n);
            if (packed.Version == version || !packed.Is(segments, segmentLength, n)) return packed;
            float* to = packed.Panels.Floats.Pointer;
            for (int i = 0; i < blocks.Count; i++)
            {
                KBlock block = blocks[i];
                block.Pack(in source, 0, n, width, to);
                to += (nint)block.Depth * panels * width;
            }

            Volatile.Write(ref packed.Version, version);
            Volatile.Write(ref place, packed);
            return packed;
        }
    }

    private sealed class Packed(FloatArena panels, int segments, int segmentLength, int n)
    {
        public long Version;

        public FloatArena Panels => panels;

        public bool Is(int otherSegments, int otherLength, int otherN) =>
            segments == otherSegments && segmentLength == otherLength && n == otherN;
    }
}
