using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Cpu;

/// <summary>What a pooling makes of the elements of a window.</summary>
internal interface IPoolReducer
{
    /// <summary>What the first element is added to.</summary>
    static abstract Vector<float> Start { get; }

    /// <summary><see cref="Start"/> of one element.</summary>
    static abstract float ScalarStart { get; }

    /// <summary>With a further element.</summary>
    static abstract Vector<float> Add(Vector<float> state, Vector<float> value);

    /// <summary>With a further element.</summary>
    static abstract float Add(float state, float value);

    /// <summary>Whether the result is one of the elements, so that a function that never falls may as well be applied to it alone.</summary>
    static abstract bool Selects { get; }

    /// <summary>What becomes of a window of four.</summary>
    static abstract Vector<float> OfFour(Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d);

    /// <summary>What becomes of a window of four, where the processor has 512 bits.</summary>
    static abstract Vector512<float> OfFour(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d);

    /// <summary>By what the result of so many elements is multiplied.</summary>
    static abstract float Scale(int count);
}

/// <summary>The greatest element; not a number where there is one.</summary>
internal readonly struct MaxReducer : IPoolReducer
{
    public static Vector<float> Start => new(float.NegativeInfinity);

    public static float ScalarStart => float.NegativeInfinity;

    // The processor's maximum is value > state ? value : state, so NaN stays once it is in; the selection lets it in.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Add(Vector<float> state, Vector<float> value) =>
        Vector.ConditionalSelect(Vector.Equals(value, value), Vector.MaxNative(value, state), value);

    public static float Add(float state, float value) => value > state || float.IsNaN(value) ? value : state;

    public static bool Selects => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> OfFour(Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d)
    {
        if (!Avx.IsSupported || Vector<float>.Count != 8) return Add(Add(Add(a, b), c), d);

        // All bits where two elements do not compare, which is one of the numbers that are none.
        Vector256<float> undefined = Avx.CompareUnordered(a.AsVector256(), b.AsVector256()) | Avx.CompareUnordered(c.AsVector256(), d.AsVector256());
        return Vector.MaxNative(Vector.MaxNative(a, b), Vector.MaxNative(c, d)) | undefined.AsVector();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> OfFour(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        Vector512<float> greatest = Vector512.MaxNative(Vector512.MaxNative(a, b), Vector512.MaxNative(c, d));
        if (!Avx512F.IsSupported) return greatest | ~(Vector512.Equals(a, a) & Vector512.Equals(b, b) & Vector512.Equals(c, c) & Vector512.Equals(d, d));
        return greatest | Avx512F.CompareUnordered(a, b) | Avx512F.CompareUnordered(c, d);
    }

    public static float Scale(int count) => 1f;
}

/// <summary>The mean.</summary>
internal readonly struct MeanReducer : IPoolReducer
{
    public static Vector<float> Start => Vector<float>.Zero;

    public static float ScalarStart => 0f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Add(Vector<float> state, Vector<float> value) => state + value;

    public static float Add(float state, float value) => state + value;

    public static bool Selects => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> OfFour(Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d) => (Start + a + b + c + d) * Scale(4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> OfFour(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d) =>
        (Vector512<float>.Zero + a + b + c + d) * Scale(4);

    public static float Scale(int count) => count > 0 ? 1f / count : 0f;
}
