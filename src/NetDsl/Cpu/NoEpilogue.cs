using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>Stores what the op computed as it is.</summary>
public readonly struct NoEpilogue : IEpilogue
{
    /// <inheritdoc/>
    public static bool IsMonotone => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(Floats accumulator, Floats output, int sample, int row, int column, int count)
    {
        if (accumulator.Pointer == output.Pointer) return;
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count) output.Store(i, accumulator.Load(i));
        for (; i < count; i++) output[i] = accumulator[i];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Apply(Vector<float> accumulator, int sample, int row, int column) => accumulator;
}
