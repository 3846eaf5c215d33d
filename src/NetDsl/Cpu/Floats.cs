using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// A place in an arena of floats: what generated code computes with. Arenas are native memory that the network owns, so a
/// place stays valid for as long as the network does. Indices are not checked outside of debug builds of NetDsl; generated
/// code is the only caller.
/// </summary>
public readonly unsafe struct Floats
{
    private readonly float* _pointer;

    internal Floats(float* pointer) => _pointer = pointer;

    internal float* Pointer => _pointer;

    /// <summary>The element at <paramref name="index"/>.</summary>
    public ref float this[nint index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _pointer[index];
    }

    /// <summary>The place <paramref name="offset"/> elements further on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats operator +(Floats place, nint offset) => new(place._pointer + offset);

    /// <summary>The named form of <c>+</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Floats Add(nint offset) => new(_pointer + offset);

    /// <summary>The same place as integers of the same size: labels live in the float arenas.</summary>
    public Ints AsInts() => new((int*)_pointer);

    /// <summary>As many elements as a vector has, from <paramref name="index"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Load(nint index) => Unsafe.ReadUnaligned<Vector<float>>(_pointer + index);

    /// <summary>Stores a whole vector at <paramref name="index"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(nint index, Vector<float> value) => Unsafe.WriteUnaligned(_pointer + index, value);

    /// <summary>The first <paramref name="count"/> lanes from <paramref name="index"/> on; the other lanes are zero and their memory is not read.</summary>
    /// <param name="index">First element.</param>
    /// <param name="count">0 to <c>Vector&lt;float&gt;.Count</c> - 1.</param>
    public Vector<float> LoadPartial(nint index, int count)
    {
        Vector<float> lanes = default;
        Unsafe.CopyBlockUnaligned(&lanes, _pointer + index, (uint)count * sizeof(float));
        return lanes;
    }

    /// <summary>Stores the first <paramref name="count"/> lanes and leaves the memory behind them as it is.</summary>
    /// <param name="index">First element.</param>
    /// <param name="value">The lanes.</param>
    /// <param name="count">0 to <c>Vector&lt;float&gt;.Count</c> - 1.</param>
    public void StorePartial(nint index, Vector<float> value, int count) =>
        Unsafe.CopyBlockUnaligned(_pointer + index, &value, (uint)count * sizeof(float));

    /// <summary>The elements from here on as a span.</summary>
    public Span<float> AsSpan(int length) => new(_pointer, length);
}
