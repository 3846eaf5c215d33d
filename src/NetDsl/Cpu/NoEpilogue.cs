using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>Stores what the op computed as it is.</summary>
public readonly struct NoEpilogue : IEpilogue
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(Floats accumulator, Floats output, int sample, int row, int column, int count)
    {
        if (accumulator.Pointer != output.Pointer)
            Unsafe.CopyBlockUnaligned(output.Pointer, accumulator.Pointer, (uint)count * sizeof(float));
    }
}
