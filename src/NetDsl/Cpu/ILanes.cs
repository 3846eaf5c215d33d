using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Cpu;

/// <summary>
/// A vector of floats of one width, so that a loop can be written once and compiled for two: <see cref="VectorLanes"/> is the
/// width of <see cref="Vector{T}"/>, which the runtime keeps at 256 bits where the processor has 512, and <see cref="WideLanes"/> is
/// those 512 bits. Every operation is done lane by lane, so results do not depend on the width.
/// </summary>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Lanes of a vector.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Create(float value);

    /// <summary>Neighbouring floats.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>Puts the lanes side by side.</summary>
    void Store(float* target);

    /// <summary>The first lanes, 1 to <see cref="Count"/> - 1 of them; the others are zero and their memory is not read.</summary>
    static abstract TSelf LoadPartial(float* source, int count);

    /// <summary>Puts the first lanes side by side, 1 to <see cref="Count"/> - 1 of them, and leaves the memory behind them as it is.</summary>
    void StorePartial(float* target, int count);

    /// <summary>What an epilogue makes of neighbouring elements, see <see cref="IEpilogue.Apply"/>.</summary>
    TSelf Through<TE>(in TE epilogue, int sample, int row, int column)
        where TE : struct, IEpilogue;

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>left * right + addend, rounded once where the processor can.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>The square root, rounded correctly.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The value, or zero where the magnitude of <paramref name="by"/>, a number, is below <paramref name="limit"/>.</summary>
    static abstract TSelf DropBelow(TSelf value, TSelf by, TSelf limit);

    /// <summary>The processor's maximum: the second operand where one is not a number.</summary>
    static abstract TSelf MaxNative(TSelf left, TSelf right);

    /// <summary>The processor's minimum: the second operand where one is not a number.</summary>
    static abstract TSelf MinNative(TSelf left, TSelf right);

    /// <inheritdoc cref="VectorMath.Tanh"/>
    static abstract TSelf Tanh(TSelf value);

    /// <inheritdoc cref="VectorMath.Sigmoid"/>
    static abstract TSelf Sigmoid(TSelf value);

    /// <summary>What a pooling makes of four elements, see <see cref="IPoolReducer.OfFour(Vector{float}, Vector{float}, Vector{float}, Vector{float})"/>.</summary>
    static abstract TSelf Pool<TReducer>(TSelf a, TSelf b, TSelf c, TSelf d)
        where TReducer : struct, IPoolReducer;

    /// <summary>The gradient of the maximum of four by each: it goes to the first of the greatest, or to the last that is not a number.</summary>
    static abstract void ShareOfGreatest(TSelf v0, TSelf v1, TSelf v2, TSelf v3, TSelf gradient, out TSelf d0, out TSelf d1, out TSelf d2, out TSelf d3);
}

/// <summary>A <see cref="Vector{T}"/>.</summary>
internal readonly unsafe struct VectorLanes(Vector<float> value) : ILanes<VectorLanes>
{
    private readonly Vector<float> _value = value;

    public static int Count => Vector<float>.Count;

    public Vector<float> Value => _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes Create(float value) => new(new Vector<float>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes Load(float* source) => new(Unsafe.ReadUnaligned<Vector<float>>(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => Unsafe.WriteUnaligned(target, _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorLanes Through<TE>(in TE epilogue, int sample, int row, int column)
        where TE : struct, IEpilogue =>
        new(epilogue.Apply(_value, sample, row, column));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes operator +(VectorLanes left, VectorLanes right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes operator -(VectorLanes left, VectorLanes right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes operator *(VectorLanes left, VectorLanes right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes operator /(VectorLanes left, VectorLanes right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes MultiplyAdd(VectorLanes left, VectorLanes right, VectorLanes addend) =>
        new(Vector.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes Sqrt(VectorLanes value) => new(Vector.SquareRoot(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes DropBelow(VectorLanes value, VectorLanes by, VectorLanes limit) =>
        new(Vector.AsVectorSingle(Vector.AndNot(Vector.AsVectorInt32(value._value), Vector.LessThan(Vector.Abs(by._value), limit._value))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes MaxNative(VectorLanes left, VectorLanes right) => new(Vector.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes MinNative(VectorLanes left, VectorLanes right) => new(Vector.MinNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes LoadPartial(float* source, int count) => new(new Floats(source).LoadPartial(0, count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StorePartial(float* target, int count) => new Floats(target).StorePartial(0, _value, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes Tanh(VectorLanes value) => new(VectorMath.Tanh(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes Sigmoid(VectorLanes value) => new(VectorMath.Sigmoid(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes Pool<TReducer>(VectorLanes a, VectorLanes b, VectorLanes c, VectorLanes d)
        where TReducer : struct, IPoolReducer =>
        new(TReducer.OfFour(a._value, b._value, c._value, d._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ShareOfGreatest(
        VectorLanes v0, VectorLanes v1, VectorLanes v2, VectorLanes v3, VectorLanes gradient, out VectorLanes d0, out VectorLanes d1, out VectorLanes d2, out VectorLanes d3)
    {
        Vector<int> wins1 = Wins(v1._value, v0._value);
        Vector<float> best = Vector.ConditionalSelect(wins1, v1._value, v0._value);
        Vector<int> wins2 = Wins(v2._value, best);
        Vector<int> wins3 = Wins(v3._value, Vector.ConditionalSelect(wins2, v2._value, best));
        Vector<int> later = wins2 | wins3, share = Vector.AsVectorInt32(gradient._value);
        d0 = new(Vector.AsVectorSingle(Vector.AndNot(share, wins1 | later)));
        d1 = new(Vector.AsVectorSingle(Vector.AndNot(share & wins1, later)));
        d2 = new(Vector.AsVectorSingle(Vector.AndNot(share & wins2, wins3)));
        d3 = new(Vector.AsVectorSingle(share & wins3));
    }

    /// <summary>All bits where a value is greater than the best before it, or not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> Wins(Vector<float> value, Vector<float> best) => Vector.GreaterThan(value, best) | ~Vector.Equals(value, value);
}

/// <summary>512 bits, for processors on which <see cref="IsSupported"/> says that they are worth it.</summary>
internal readonly unsafe struct WideLanes(Vector512<float> value) : ILanes<WideLanes>
{
    private readonly Vector512<float> _value = value;

    /// <summary>Whether these are two of <see cref="VectorLanes"/>, and fast.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Vector<float>.Count == 8;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => _value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WideLanes Through<TE>(in TE epilogue, int sample, int row, int column)
        where TE : struct, IEpilogue
    {
        Vector<float> lower = epilogue.Apply(_value.GetLower().AsVector(), sample, row, column);
        Vector<float> upper = epilogue.Apply(_value.GetUpper().AsVector(), sample, row, column + 8);
        return new(lower.AsVector256().ToVector512Unsafe().WithUpper(upper.AsVector256()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator +(WideLanes left, WideLanes right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator -(WideLanes left, WideLanes right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator *(WideLanes left, WideLanes right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator /(WideLanes left, WideLanes right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes MultiplyAdd(WideLanes left, WideLanes right, WideLanes addend) =>
        new(Vector512.MultiplyAddEstimate(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Sqrt(WideLanes value) => new(Vector512.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes DropBelow(WideLanes value, WideLanes by, WideLanes limit) =>
        new(Vector512.AndNot(value._value, Vector512.LessThan(Vector512.Abs(by._value), limit._value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes MaxNative(WideLanes left, WideLanes right) => new(Vector512.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes MinNative(WideLanes left, WideLanes right) => new(Vector512.MinNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes LoadPartial(float* source, int count)
    {
        Floats from = new(source);
        bool more = count >= 8;
        Vector<float> lower = more ? from.Load(0) : from.LoadPartial(0, count), upper = more ? from.LoadPartial(8, count - 8) : Vector<float>.Zero;
        return new(lower.AsVector256().ToVector512Unsafe().WithUpper(upper.AsVector256()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StorePartial(float* target, int count)
    {
        Floats to = new(target);
        if (count >= 8)
        {
            to.Store(0, _value.GetLower().AsVector());
            to.StorePartial(8, _value.GetUpper().AsVector(), count - 8);
            return;
        }

        to.StorePartial(0, _value.GetLower().AsVector(), count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Tanh(WideLanes value) => new(WideMath.Tanh(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Sigmoid(WideLanes value) => new(WideMath.Sigmoid(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Pool<TReducer>(WideLanes a, WideLanes b, WideLanes c, WideLanes d)
        where TReducer : struct, IPoolReducer =>
        new(TReducer.OfFour(a._value, b._value, c._value, d._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ShareOfGreatest(
        WideLanes v0, WideLanes v1, WideLanes v2, WideLanes v3, WideLanes gradient, out WideLanes d0, out WideLanes d1, out WideLanes d2, out WideLanes d3)
    {
        Vector512<float> wins1 = Wins(v1._value, v0._value);
        Vector512<float> best = Vector512.ConditionalSelect(wins1, v1._value, v0._value);
        Vector512<float> wins2 = Wins(v2._value, best);
        Vector512<float> wins3 = Wins(v3._value, Vector512.ConditionalSelect(wins2, v2._value, best));
        Vector512<float> later = wins2 | wins3, share = gradient._value;
        d0 = new(Vector512.AndNot(share, wins1 | later));
        d1 = new(Vector512.AndNot(share & wins1, later));
        d2 = new(Vector512.AndNot(share & wins2, wins3));
        d3 = new(share & wins3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Wins(Vector512<float> value, Vector512<float> best) => Vector512.GreaterThan(value, best) | ~Vector512.Equals(value, value);
}
