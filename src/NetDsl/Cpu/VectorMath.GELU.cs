using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <content>GELU and its gradient (Hendrycks and Gimpel 2016), which have one exponential between them.</content>
public static partial class VectorMath
{
    // Beyond, the tail of the normal distribution is below the smallest float.
    private const float NormalEnd = 14.5f;

    private const float InverseSqrtTwoPi = 0.398942280f;

    /// <summary>
    /// x Φ(x), Φ the normal distribution's cumulative function. At most 6.51 ulp (at -2.20; without fused multiply-add 67.5, at
    /// -11.99; a denormal result 2.49 and 32.8), also where 0.5 x (1 + erf(x / √2)) has no digits left; -inf gives -0, +inf +inf, NaN NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> GELU(Vector<float> x) => GELU(x, out _);

    /// <summary><see cref="GELU(Vector{float})"/>, and with little more work <see cref="GELUGradient"/> of the same: what only one of them needs, the compiler leaves out where the other is not asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> GELU(Vector<float> x, out Vector<float> gradient)
    {
        // From the end down the result is the limit, -0; an infinity would make it no number.
        Vector<float> above = Vector.MaxNative(new Vector<float>(-NormalEnd), x);
        Vector<float> near = Vector.MinNative(new Vector<float>(NormalEnd), above);
        Vector<float> mills = NormalTail(near, out Vector<float> bell), minusZero = new(-0f);

        // Φ(x) is mills bell where x is negative, else 1 - mills bell. In x Φ(x), x times what is not denormal yet comes first.
        Vector<float> below = Vector.AsVectorSingle(Vector.LessThan(x, Vector<float>.Zero)), side = Vector.Xor(mills, Vector.AndNot(minusZero, below));
        Vector<float> slope = Vector.MultiplyAddEstimate(near, new Vector<float>(InverseSqrtTwoPi), side);
        gradient = Vector.MultiplyAddEstimate(slope, bell, Vector.AndNot(Vector<float>.One, below));
        return Vector.MultiplyAddEstimate(near * side, bell, Vector.ConditionalSelect(Vector.AsVectorInt32(below), minusZero, above));
    }

    /// <summary>
    /// The derivative of <see cref="GELU(Vector{float})"/>, Φ(x) + x φ(x) with φ(x) = exp(-x² / 2) / √(2π). At most 4.1e-7 of the larger term (without
    /// fused multiply-add 4e-6) and 1e-42; -inf gives 0, +inf 1, NaN NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> GELUGradient(Vector<float> x)
    {
        GELU(x, out Vector<float> gradient);
        return gradient;
    }

    /// <summary>Φ(-|x|) / exp(-x² / 2) of |x| up to 14.5, and exp(-x² / 2).</summary>
    /// <remarks>
    /// The quotient is w P(2 w - 1) w = 1 / (1 + 0.35 |x|), P minimax up to 14.6 in the relative error (Lawson's
    /// iteration, 3.2e-8).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> NormalTail(Vector<float> x, out Vector<float> bell)
    {
        bell = ExpOfProduct(x * new Vector<float>(-0.5f), x);
        Vector<float> ratio = Vector<float>.One / Vector.MultiplyAddEstimate(Vector.Abs(x), new Vector<float>(0.35f), Vector<float>.One);
        Vector<float> v = ratio + ratio - Vector<float>.One;
        Vector<float> p = new(-1.1390422e-4f);
        p = Vector.MultiplyAddEstimate(p, v, new Vector<float>(2.1406951e-4f));
        p = Vector.MultiplyAddEstimate(p, v, new Vector<float>(6.9006032e-4f));
        p = Vector.MultiplyAddEstimate(p, v, new Vector<float>(-1.7543872e-3f));
        p = Vector.MultiplyAddEstimate(p, v, new Vector<float>(-5.1087388e-3f));
        p = Vector.MultiplyAddEstimate(p, v, new Vector<float>(1.0233859e-2f));
        p = Vector.MultiplyAddEstimate(p, v, new Vector<float>(7.1098946e-2f));
        p = Vector.MultiplyAddEstimate(p, v, new Vector<float>(1.7149581e-1f));
        p = Vector.MultiplyAddEstimate(p, v, new Vector<float>(2.5324428e-1f));
        return ratio * p;
    }
}
