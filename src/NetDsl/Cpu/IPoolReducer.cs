using System.Numerics;
using System.Runtime.CompilerServices;

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

    public static float Scale(int count) => count > 0 ? 1f / count : 0f;
}
