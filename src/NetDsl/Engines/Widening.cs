using System.Numerics;
using System.Runtime.InteropServices;

namespace NetDsl.Engines;

/// <summary>Bytes as floats, a vector at a time.</summary>
internal static class Widening
{
    public static void ToFloats(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, source.Length);
        int done = 0;
        int lanes = Vector<float>.Count;
        ReadOnlySpan<Vector<byte>> vectors = MemoryMarshal.Cast<byte, Vector<byte>>(source);
        foreach (Vector<byte> bytes in vectors)
        {
            Vector.Widen(bytes, out Vector<ushort> low, out Vector<ushort> high);
            Store(low, destination[done..]);
            Store(high, destination[(done + (2 * lanes))..]);
            done += 4 * lanes;
        }

        for (; done < source.Length; done++) destination[done] = source[done];
    }

    private static void Store(Vector<ushort> values, Span<float> destination)
    {
        Vector.Widen(values, out Vector<uint> low, out Vector<uint> high);
        // Signed conversion is one instruction everywhere, and 0 to 255 are the same numbers signed.
        Vector.ConvertToSingle(Vector.AsVectorInt32(low)).CopyTo(destination);
        Vector.ConvertToSingle(Vector.AsVectorInt32(high)).CopyTo(destination[Vector<float>.Count..]);
    }
}
