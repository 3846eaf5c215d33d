using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>Whether this is no place: what <see langword="default"/> gives.</summary>
    internal bool IsNull => _pointer is null;

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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> LoadPartial(nint index, int count)
    {
        if (Avx.IsSupported && Vector<float>.Count == 8)
            return Avx.MaskLoad(_pointer + index, FirstLanes(count).AsSingle()).AsVector();
        Vector<float> lanes = default;
        Unsafe.CopyBlockUnaligned(&lanes, _pointer + index, (uint)count * sizeof(float));
        return lanes;
    }

    /// <summary>Stores the first <paramref name="count"/> lanes and leaves the memory behind them as it is.</summary>
    /// <param name="index">First element.</param>
    /// <param name="value">The lanes.</param>
    /// <param name="count">0 to <c>Vector&lt;float&gt;.Count</c> - 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StorePartial(nint index, Vector<float> value, int count)
    {
        if (Vector<float>.Count != 8)
        {
            Unsafe.CopyBlockUnaligned(_pointer + index, &value, (uint)count * sizeof(float));
            return;
        }

        // Halves, as the bits of the count say: a masked store takes a dozen cycles on some processors, these a few.
        float* target = _pointer + index;
        Vector128<float> rest = value.AsVector256().GetLower();
        if ((count & 4) != 0)
        {
            rest.Store(target);
            target += 4;
            rest = value.AsVector256().GetUpper();
        }

        if ((count & 2) != 0)
        {
            rest.GetLower().Store(target);
            target += 2;
            rest = Vector128.Create(rest.GetUpper(), rest.GetUpper());
        }

        if ((count & 1) != 0) *target = rest.ToScalar();
    }

    /// <summary>The elements from here on as a span.</summary>
    public Span<float> AsSpan(int length) => new(_pointer, length);

    /// <summary>All bits of the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> FirstLanes(int count) =>
        Vector256.GreaterThan(Vector256.Create(count), Vector256<int>.Indices);
}
