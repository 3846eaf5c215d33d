using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>A place in an arena, read as 32-bit integers. See <see cref="Floats"/>.</summary>
public readonly unsafe struct Ints
{
    private readonly int* _pointer;

    internal Ints(int* pointer) => _pointer = pointer;

    /// <summary>The element at <paramref name="index"/>.</summary>
    public ref int this[nint index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _pointer[index];
    }

    /// <summary>The place <paramref name="offset"/> elements further on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Ints operator +(Ints place, nint offset) => new(place._pointer + offset);

    /// <summary>The named form of <c>+</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Ints Add(nint offset) => new(_pointer + offset);

    /// <summary>The elements from here on as a span.</summary>
    public Span<int> AsSpan(int length) => new(_pointer, length);
}
