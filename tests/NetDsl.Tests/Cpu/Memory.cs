using System.Runtime.InteropServices;
using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

/// <summary>Native memory of exactly the size asked for, with a guard behind it that must stay as it is.</summary>
internal sealed unsafe class Memory : IDisposable
{
    private const int Guard = 64;
    private const float GuardValue = 12345.678f;

    private readonly float* _pointer;
    private readonly int _length;

    public Memory(long length, int? seed = null)
    {
        _length = checked((int)length);
        _pointer = (float*)NativeMemory.AlignedAlloc((nuint)(_length + Guard) * sizeof(float), 64);
        Random random = new(seed ?? 0);
        for (int i = 0; i < _length; i++) _pointer[i] = seed is null ? float.NaN : (float)((random.NextDouble() * 2) - 1);
        for (int i = 0; i < Guard; i++) _pointer[_length + i] = GuardValue;
    }

    /// <summary>Working memory for a team.</summary>
    public Memory(WorkingMemory scratch, int threads)
        : this(scratch.Floats(threads)) => Scratch = scratch;

    /// <summary>How it is shared out, where it is working memory.</summary>
    public WorkingMemory Scratch { get; }

    public Floats Floats => new(_pointer);

    public int Length => _length;

    public Span<float> Span => new(_pointer, _length);

    public float this[long index]
    {
        get => Span[checked((int)index)];
        set => Span[checked((int)index)] = value;
    }

    public BatchView View(int stride) => new(Floats, stride);

    public float[] ToArray() => Span.ToArray();

    public void Dispose()
    {
        for (int i = 0; i < Guard; i++) Assert.Equal(GuardValue, _pointer[_length + i]);
        NativeMemory.AlignedFree(_pointer);
    }
}
