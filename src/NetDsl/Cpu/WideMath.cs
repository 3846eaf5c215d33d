using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Cpu;

/// <summary>
/// Functions of <see cref="VectorMath"/> over 512 bits, operation for operation, so that a lane has the same bits; a test compares them. Written out and not generic over the width: with a method for
/// each operation the JIT gives up inlining in the middle of a cell of five functions, which then takes twice as long.
/// </summary>
internal static class WideMath
{
    private const float Log2E = 1.44269504f;
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;
    private const float RoundingBias = 12582912f;

    /// <inheritdoc cref="VectorMath.Exp"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => ExpOfNegative(Vector512.MinNative(Vector512.Create(89f), x));

    /// <inheritdoc cref="VectorMath.ExpOfNegative"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpOfNegative(Vector512<float> x)
    {
        Vector512<float> clamped = Vector512.MaxNative(Vector512.Create(-104f), x);
        Vector512<float> biased = Vector512.MultiplyAddEstimate(clamped, Vector512.Create(Log2E), Vector512.Create(RoundingBias));
        Vector512<float> n = biased - Vector512.Create(RoundingBias);
        Vector512<float> r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2High), clamped);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2Low), r);

        Vector512<float> p = Vector512.Create(1.9875691500e-4f);
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(5.0000001201e-1f));
        p = Vector512.MultiplyAddEstimate(p, r * r, r) + Vector512<float>.One;
        return Avx512F.Scale(p, n);
    }

    /// <inheritdoc cref="VectorMath.Tanh"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        Vector512<float> magnitude = Vector512.Abs(x);
        Vector512<float> square = x * x;
        Vector512<float> p = Vector512.Create(-5.70498872745e-3f);
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(2.06390887954e-2f));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(-5.37397155531e-2f));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(1.33314422036e-1f));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(-3.33332819422e-1f));
        Vector512<float> near = Vector512.MultiplyAddEstimate(p * square, x, x);

        Vector512<float> far = Vector512<float>.One - (Vector512.Create(2f) / (Exp(magnitude + magnitude) + Vector512<float>.One));
        Vector512<float> y = Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512.Create(0.625f)), near, far);
        // The sign last: near has that of x already, save at -0, where the sum gives 0.
        return Vector512.BitwiseOr(y, Vector512.BitwiseAnd(x, Vector512.Create(-0f)));
    }

    /// <inheritdoc cref="VectorMath.Sigmoid"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        // exp of the negative magnitude cannot overflow; below zero the result is e / (1 + e), which keeps tiny results exact.
        Vector512<float> e = ExpOfNegative(Vector512.BitwiseOr(x, Vector512.Create(-0f)));
        Vector512<float> numerator = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), e, Vector512<float>.One);
        return numerator / (Vector512<float>.One + e);
    }
}
