using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// A tensor with a batch axis in memory: sample <c>i</c> starts <c>i * Stride</c> elements after the first, and the
/// elements of one sample are dense in row-major order. A stride greater than the sample's size is a part of a larger tensor.
/// </summary>
/// <param name="data">The first element of the first sample.</param>
/// <param name="stride">Elements from one sample to the next.</param>
public readonly struct BatchView(Floats data, int stride)
{
    /// <summary>The first element of the first sample.</summary>
    public Floats Data { get; } = data;

    /// <summary>Elements from one sample to the next.</summary>
    public int Stride { get; } = stride;

    /// <summary>The first element of a sample.</summary>
    public Floats this[int sample]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Data + ((nint)sample * Stride);
    }
}
