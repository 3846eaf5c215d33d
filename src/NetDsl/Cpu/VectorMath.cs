using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Cpu;

/// <summary>
/// Elementary functions over vectors of floats. Every lane is computed by itself from the same operations, so a value does
/// not depend on its lane, on the other lanes or on the width of the vector. Polynomials and reductions are those of
/// Cephes's single-precision functions (Moshier), evaluated with fused multiply-add where the processor has it.
/// </summary>
/// <remarks>
/// <para>
/// The bounds are in units of the last place (ulp) of the exact result, where correct rounding is within 0.5. They are the largest
/// errors over all 2^32 floats against double precision, with and without fused multiply-add, rounded up. A denormal result's unit is
/// 2^-149, and its error at most 0.76. No result is outside a function's range: sigmoid's is from 0 to 1, both included.
/// </para>
/// <para>
/// MultiplyAddEstimate rounds once with FMA and twice without, so bits are promised per instruction set. Within a process it is one or
/// the other: under the JIT every tier asks the same processor, ahead of time there is one instruction set for the whole program, and
/// ReadyToRun leaves code with <see cref="Vector{T}"/>, whose width it does not know, to the JIT. The same holds for MinNative
/// and MaxNative, which differ between processors for NaNs and zeros alone; a NaN goes through
/// all of them.
/// </para>
/// </remarks>
public static partial class VectorMath
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts, the first with zeros at its end, so that n * Ln2High is exact for the n that occur.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // 1.5 * 2^23: adding it rounds to the nearest integer and leaves that integer in the low bits.
    private const float RoundingBias = 12582912f;
    private const int RoundingBiasBits = 0x4B400000;

    private const float MinNormal = 1.17549435e-38f;
    private const float SqrtHalf = 0.707106781f;

    /// <summary>e to the x. At most 1.02 ulp (at -5.88); denormal results stay, -inf gives 0, +inf and overflow +inf, NaN NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x) => ExpOfNegative(Vector.MinNative(new Vector<float>(89f), x));

    /// <summary><see cref="Exp"/> of arguments below 90, to the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<float> ExpOfNegative(Vector<float> x)
    {
        // The processor's minimum and maximum give their second operand where one is not a number, so that NaN goes through all of it.
        Vector<float> p = ExpMantissa(Vector.MaxNative(new Vector<float>(-104f), x), out Vector<float> biased);
        return ScaleFar(p, biased);
    }

    /// <summary>exp(left right), of a product from -106 to 88. Where there is fused multiply-add, the exponential has what rounding the product loses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ExpOfProduct(Vector<float> left, Vector<float> right)
    {
        Vector<float> biased = Vector.MultiplyAddEstimate(left * right, new Vector<float>(Log2E), new Vector<float>(RoundingBias));
        Vector<float> n = biased - new Vector<float>(RoundingBias);

        // The first subtraction is of numbers so near to each other that it is exact but for the product's own last digits.
        Vector<float> r = Vector.MultiplyAddEstimate(left, right, n * new Vector<float>(-Ln2High));
        return ScaleFar(ExpOfSmall(Vector.MultiplyAddEstimate(n, new Vector<float>(-Ln2Low), r)), biased);
    }

    /// <summary><see cref="Exp"/> of arguments from -87 to 88, whose results are all normal, to the same bits in six operations less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ExpOfModerate(Vector<float> x)
    {
        Vector<float> p = ExpMantissa(x, out Vector<float> biased);
        return ScalesAtOnce ? Scale(p, biased) : p * PowerOfTwo(Vector.AsVectorInt32(biased) - new Vector<int>(RoundingBiasBits));
    }

    /// <summary>p 2^n for n from -152 to 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ScaleFar(Vector<float> p, Vector<float> biased)
    {
        if (ScalesAtOnce) return Scale(p, biased);

        // 2^n in two factors, since a single exponent does not go that far. The first product is exact.
        Vector<int> exponent = Vector.AsVectorInt32(biased) - new Vector<int>(RoundingBiasBits);
        Vector<int> half = Vector.ShiftRightArithmetic(exponent, 1);
        return p * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    private static bool ScalesAtOnce => Avx512F.VL.IsSupported && Vector<float>.Count == 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Scale(Vector<float> p, Vector<float> biased) =>
        Avx512F.VL.Scale(p.AsVector256(), (biased - new Vector<float>(RoundingBias)).AsVector256()).AsVector();

    /// <summary>exp(x) / 2^n for n = x / ln 2, rounded, which is the low bits of <paramref name="biased"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ExpMantissa(Vector<float> x, out Vector<float> biased)
    {
        biased = Vector.MultiplyAddEstimate(x, new Vector<float>(Log2E), new Vector<float>(RoundingBias));
        Vector<float> n = biased - new Vector<float>(RoundingBias);
        Vector<float> r = Vector.MultiplyAddEstimate(n, new Vector<float>(-Ln2High), x);
        return ExpOfSmall(Vector.MultiplyAddEstimate(n, new Vector<float>(-Ln2Low), r));
    }

    /// <summary>exp(r) for r from -ln 2 / 2 to ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ExpOfSmall(Vector<float> r)
    {
        Vector<float> p = new(1.9875691500e-4f);
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(1.3981999507e-3f));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(8.3334519073e-3f));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(4.1665795894e-2f));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(1.6666665459e-1f));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(5.0000001201e-1f));
        return Vector.MultiplyAddEstimate(p, r * r, r) + Vector<float>.One;
    }

    /// <summary>Natural logarithm. At most 0.83 ulp (at 0.7); 0 and -0 give -inf, +inf +inf, negative numbers and NaN NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log(Vector<float> x)
    {
        Vector<int> denormal = Vector.LessThan(x, new Vector<float>(MinNormal));
        Vector<float> normal = Vector.ConditionalSelect(denormal, x * new Vector<float>(8388608f), x);
        Vector<int> bits = Vector.AsVectorInt32(normal);
        Vector<int> exponent = Vector.ShiftRightArithmetic(bits, 23) - new Vector<int>(126);
        exponent -= denormal & new Vector<int>(23);
        Vector<float> m = Vector.AsVectorSingle((bits & new Vector<int>(0x007FFFFF)) | new Vector<int>(0x3F000000));

        // m from [0.5, 1) to [sqrt(0.5), sqrt(2)), less 1.
        Vector<int> small = Vector.LessThan(m, new Vector<float>(SqrtHalf));
        exponent += small;
        Vector<float> z = m - Vector<float>.One + Vector.ConditionalSelect(small, m, Vector<float>.Zero);
        Vector<float> e = Vector.ConvertToSingle(exponent);

        Vector<float> p = new(7.0376836292e-2f);
        p = Vector.MultiplyAddEstimate(p, z, new Vector<float>(-1.1514610310e-1f));
        p = Vector.MultiplyAddEstimate(p, z, new Vector<float>(1.1676998740e-1f));
        p = Vector.MultiplyAddEstimate(p, z, new Vector<float>(-1.2420140846e-1f));
        p = Vector.MultiplyAddEstimate(p, z, new Vector<float>(1.4249322787e-1f));
        p = Vector.MultiplyAddEstimate(p, z, new Vector<float>(-1.6668057665e-1f));
        p = Vector.MultiplyAddEstimate(p, z, new Vector<float>(2.0000714765e-1f));
        p = Vector.MultiplyAddEstimate(p, z, new Vector<float>(-2.4999993993e-1f));
        p = Vector.MultiplyAddEstimate(p, z, new Vector<float>(3.3333331174e-1f));
        Vector<float> square = z * z;
        Vector<float> y = p * z * square;
        y = Vector.MultiplyAddEstimate(e, new Vector<float>(Ln2Low), y);
        y = Vector.MultiplyAddEstimate(square, new Vector<float>(-0.5f), y);
        Vector<float> result = Vector.MultiplyAddEstimate(e, new Vector<float>(Ln2High), z + y);

        result = Vector.ConditionalSelect(Vector.Equals(x, new Vector<float>(float.PositiveInfinity)), x, result);
        result = Vector.ConditionalSelect(Vector.Equals(x, Vector<float>.Zero), new Vector<float>(float.NegativeInfinity), result);
        return Vector.ConditionalSelect(Vector.GreaterThanOrEqual(x, Vector<float>.Zero), result, new Vector<float>(float.NaN));
    }

    /// <summary>
    /// ln(1 + x), accurate for small x. At most 1.44 ulp (at -9e-8); -0 gives 0, -1 -inf, +inf +inf, numbers below -1 and NaN NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log1p(Vector<float> x)
    {
        // With u = 1 + x rounded, ln(1 + x) = ln(u) + ln(1 + c / u) for c = what the rounding lost, and c / u is tiny.
        Vector<float> u = Vector<float>.One + x;
        Vector<float> lost = x - (u - Vector<float>.One);
        Vector<float> log = Log(u);
        Vector<int> finite = Vector.LessThan(Vector.Abs(log), new Vector<float>(float.PositiveInfinity));
        return Vector.ConditionalSelect(finite, log + (lost / u), log);
    }

    /// <summary>Hyperbolic tangent, odd to the bit. At most 1.34 ulp (at 0.628); the infinities give -1 and 1, NaN NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x)
    {
        Vector<float> magnitude = Vector.Abs(x);
        Vector<float> square = x * x;
        Vector<float> p = new(-5.70498872745e-3f);
        p = Vector.MultiplyAddEstimate(p, square, new Vector<float>(2.06390887954e-2f));
        p = Vector.MultiplyAddEstimate(p, square, new Vector<float>(-5.37397155531e-2f));
        p = Vector.MultiplyAddEstimate(p, square, new Vector<float>(1.33314422036e-1f));
        p = Vector.MultiplyAddEstimate(p, square, new Vector<float>(-3.33332819422e-1f));
        Vector<float> near = Vector.MultiplyAddEstimate(p * square, x, x);

        // From 44 on the quotient is nothing beside 1.
        Vector<float> doubled = Vector.MinNative(new Vector<float>(88f), magnitude + magnitude);
        Vector<float> far = Vector<float>.One - (new Vector<float>(2f) / (ExpOfModerate(doubled) + Vector<float>.One));
        Vector<float> y = Vector.ConditionalSelect(Vector.LessThan(magnitude, new Vector<float>(0.625f)), near, far);
        // The sign last: near has that of x already, save at -0, where the sum gives 0.
        return Vector.BitwiseOr(y, Vector.BitwiseAnd(x, new Vector<float>(-0f)));
    }

    /// <summary>1 / (1 + exp(-x)), accurate on both sides. At most 2.41 ulp (at -4.16); -inf gives 0, +inf 1, NaN NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sigmoid(Vector<float> x)
    {
        // exp of the negative magnitude cannot overflow; below zero the result is e / (1 + e), which keeps tiny results exact.
        Vector<float> e = ExpOfNegative(Vector.BitwiseOr(x, new Vector<float>(-0f)));
        Vector<float> numerator = Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), e, Vector<float>.One);
        return numerator / (Vector<float>.One + e);
    }

    /// <summary>max(x, 0); NaN where x is NaN.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ReLU(Vector<float> x)
    {
        // One instruction where its second operand is the result for NaN, for which Vector.Max takes seven.
        return X86Base.IsSupported ? Vector.MaxNative(Vector<float>.Zero, x) : Vector.Max(x, Vector<float>.Zero);
    }

    /// <summary>The greatest lane; NaN where one is NaN.</summary>
    /// <param name="lanes">A vector of 128, 256 or 512 bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Greatest(Vector<float> lanes)
    {
        Vector128<float> four = Vector<float>.Count switch
        {
            16 => Greatest(Vector256.Max(lanes.AsVector512().GetLower(), lanes.AsVector512().GetUpper())),
            8 => Greatest(lanes.AsVector256()),
            _ => lanes.AsVector128(),
        };
        Vector128<float> two = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return MathF.Max(two[0], two[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Greatest(Vector256<float> lanes) => Vector128.Max(lanes.GetLower(), lanes.GetUpper());

    /// <summary>
    /// ln(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|)), which neither overflows nor loses small results. At most 1.99 ulp (at -2.03);
    /// -inf gives 0, +inf +inf, NaN NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Softplus(Vector<float> x) => Vector.Max(x, Vector<float>.Zero) + Log1p(ExpOfNegative(Vector.BitwiseOr(x, new Vector<float>(-0f))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> PowerOfTwo(Vector<int> exponent) =>
        Vector.AsVectorSingle(Vector.ShiftLeft(exponent + new Vector<int>(127), 23));
}
