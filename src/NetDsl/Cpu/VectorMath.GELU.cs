using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <content>GELU and its gradient (Hendrycks and Gimpel 2016), which have one exponential between them.</content>
public static partial class VectorMath
{
    // Beyond, the tail of the normal distribution is below the smallest float.
    private const float NormalEnd = 20f;

    private const float InverseSqrtTwoPi = 0.398942280f;

    /// <summary>
    /// x Φ(x), Φ the normal distribution's cumulative function. At most 6.96 ulp (at -2.19; without fused multiply-add 65.8, at
    /// -12.1), also where 0.5 x (1 + erf(x / √2)) has no digits left; -inf gives -0, +inf +inf, NaN NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> GELU(Vector<float> x) => GELU(x, out _);

    /// <summary><see cref="GELU(Vector{float})"/>, and with little more work <see cref="GELUGradient"/> of the same: what only one of them needs, the compiler leaves out where the other is not asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> GELU(Vector<float> x, out Vector<float> gradient)
    {
        // From -20 down the result is the limit, -0; an infinity would make it no number.
        Vector<float> above = Vector.MaxNative(new Vector<float>(-NormalEnd), x);
        Vector<float> near = Vector.MinNative(new Vector<float>(NormalEnd), above);
        Vector<float> mills = NormalTail(near, out Vector<float> bell), tail = mills * bell;
        Vector<int> isBelow = Vector.LessThan(x, Vector<float>.Zero);
        Vector<float> cdf = Vector.ConditionalSelect(isBelow, tail, Vector<float>.One - tail);
        gradient = Vector.MultiplyAddEstimate(near * new Vector<float>(InverseSqrtTwoPi), bell, cdf);

        // x times what is not denormal yet comes first.
        Vector<float> lost = near * mills * bell;
        return Vector.ConditionalSelect(isBelow, lost, above - lost);
    }

    /// <summary>
    /// The derivative of <see cref="GELU(Vector{float})"/>, Φ(x) + x φ(x) with φ(x) = exp(-x² / 2) / √(2π). At most 4.5e-7 of the larger term (without
    /// fused multiply-add 4e-6) and 1e-42; -inf gives -0, +inf 1, NaN NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> GELUGradient(Vector<float> x)
    {
        GELU(x, out Vector<float> gradient);
        return gradient;
    }

    /// <summary>Φ(-|x|) / exp(-x² / 2) of |x| up to 20, and exp(-x² / 2).</summary>
    /// <remarks>
    /// The quotient is w P(2 w - 1) w = 1 / (1 + 0.35 |x|), P minimax up to 14.6 in the relative error (Lawson's
    /// iteration, 3.2e-8). The exponential has what the rounding of t² lost, where there is fused multiply-add to tell.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> NormalTail(Vector<float> x, out Vector<float> bell)
    {
        Vector<float> square = x * x;
        Vector<float> lost = Vector.MultiplyAddEstimate(x, x, -square);
        bell = ExpOfNegative(square * new Vector<float>(-0.5f));
        bell = Vector.MultiplyAddEstimate(lost * new Vector<float>(-0.5f), bell, bell);

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
