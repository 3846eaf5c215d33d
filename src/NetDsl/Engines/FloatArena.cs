using System.Runtime.InteropServices;
using NetDsl.Cpu;

namespace NetDsl.Engines;

/// <summary>
/// Native memory for floats, aligned to 64 bytes (a cache line, a 512-bit vector) and zero at first; a large piece lies in huge pages. Behind the last float
/// lie <see cref="Guard"/> more, so that a whole vector may be read or written at any element.
/// </summary>
internal sealed unsafe class FloatArena : IDisposable
{
    /// <summary>Floats behind the end.</summary>
    public const int Guard = 16;

    private const int Alignment = 64;
    private readonly long _pressure;
    private readonly FloatArena? _whole;
    private float* _memory;

    public FloatArena(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        nuint bytes = checked((nuint)(length + Guard) * sizeof(float)), whole = HugePages.Cover(bytes);
        _memory = (float*)NativeMemory.AlignedAlloc(Math.Max(bytes, whole), whole > 0 ? HugePages.Size : Alignment);
        if (whole > 0) HugePages.Ask(_memory, whole);
        NativeMemory.Clear(_memory, bytes);
        Length = length;
        // A forgotten network is a small object: the collector must hear of what hangs on it.
        _pressure = (long)Math.Max(bytes, whole);
        GC.AddMemoryPressure(_pressure);
    }

    private FloatArena(FloatArena whole, long offset, long length)
    {
        GC.SuppressFinalize(this);
        (_whole, Length) = (whole, length);
        _memory = whole.Floats.Pointer + offset;
    }

    ~FloatArena() => Free();

    /// <summary>Floats, without the guard.</summary>
    public long Length { get; }

    /// <summary>The first float.</summary>
    public Floats Floats => _memory is null ? throw new ObjectDisposedException(nameof(FloatArena)) : new Floats(_memory);

    /// <summary>A piece of this arena as one of its own, to be disposed before this one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within.</exception>
    public FloatArena Part(int offset, int length)
    {
        _ = Span(offset, length);
        return new FloatArena(this, offset, length);
    }

    /// <summary>A checked part as a span.</summary>
    public Span<float> Span(int offset, int length)
    {
        ObjectDisposedException.ThrowIf(_memory is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)offset + length, Length);
        return new Span<float>(_memory + offset, length);
    }

    /// <summary>Makes everything zero again.</summary>
    public void Clear() => NativeMemory.Clear(Floats.Pointer, (nuint)Length * sizeof(float));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_memory is null) return;
        if (_whole is not null)
        {
            _memory = null;
            return;
        }

        NativeMemory.AlignedFree(_memory);
        _memory = null;
        GC.RemoveMemoryPressure(_pressure);
    }
}
