using ILGPU;

namespace NetDsl.Gpu;

/// <summary>
/// Elementary functions that kernels call, the same on CUDA, OpenCL and ILGPU's CPU: from additions, multiplications,
/// divisions and bits alone, since a GPU's own exponential, logarithm and hyperbolic tangent are approximate. Polynomials and
/// reductions are those of Cephes's single-precision functions (Moshier), as in <see cref="Cpu.VectorMath"/>.
/// </summary>
public static partial class GpuMath
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts, the first with zeros at its end, so that n * Ln2High is exact for the n that occur.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    private const int AbsMask = 0x7FFFFFFF;
    private const int SignMask = unchecked((int)0x80000000);
    private const int InfinityBits = 0x7F800000;
    private const int NaNBits = 0x7FC00000;
    private const float MinNormal = 1.17549435e-38f;
    private const float SqrtHalf = 0.707106781f;

    /// <summary>The larger; NaN where one is NaN, so that a network that diverged is seen.</summary>
    public static float Max(float x, float y) => IsNaN(x) ? x : IsNaN(y) ? y : x > y ? x : y;

    /// <summary>The smaller; NaN where one is NaN.</summary>
    public static float Min(float x, float y) => IsNaN(x) ? x : IsNaN(y) ? y : x < y ? x : y;

    /// <summary>|x|.</summary>
    public static float Abs(float x) => FromBits(Bits(x) & AbsMask);

    /// <summary>The square root, rounded; NaN for negative numbers.</summary>
    public static float Sqrt(float x) => MathF.Sqrt(x);

    /// <summary>e to the x. At most 2 ulp; denormal results are denormal where the device has them, -inf gives 0, +inf and overflow +inf, NaN NaN.</summary>
    public static float Exp(float x)
    {
        float clamped = x > 89f ? 89f : x < -104f ? -104f : x;
        clamped = IsNaN(x) ? 0f : clamped;
        float scaled = clamped * Log2E;
        // Conversion cuts towards zero on every device.
        int n = (int)(scaled < 0f ? scaled - 0.5f : scaled + 0.5f);
        float count = n;
        float r = clamped - (count * Ln2High);
        r -= count * Ln2Low;

        float p = 1.9875691500e-4f;
        p = (p * r) + 1.3981999507e-3f;
        p = (p * r) + 8.3334519073e-3f;
        p = (p * r) + 4.1665795894e-2f;
        p = (p * r) + 1.6666665459e-1f;
        p = (p * r) + 5.0000001201e-1f;
        p = (p * (r * r)) + r + 1f;

        // 2^n in two factors, since n goes from -150 to 128 and a single exponent does not.
        int half = n >> 1;
        float result = p * PowerOfTwo(half) * PowerOfTwo(n - half);
        return IsNaN(x) ? x : result;
    }

    /// <summary>Natural logarithm. At most 2 ulp; 0 gives -inf, +inf +inf, negative numbers and NaN NaN.</summary>
    public static float Log(float x)
    {
        bool denormal = x < MinNormal;
        int bits = Bits(denormal ? x * 8388608f : x);
        int exponent = (bits >> 23) - (denormal ? 149 : 126);
        float m = FromBits((bits & 0x007FFFFF) | 0x3F000000);

        // m from [0.5, 1) to [sqrt(0.5), sqrt(2)), less 1.
        bool small = m < SqrtHalf;
        float z = small ? m + m - 1f : m - 1f;
        float result = LogOf(z, small ? exponent - 1 : exponent);
        result = Bits(x) == InfinityBits ? x : result;
        result = x == 0f ? FromBits(SignMask | InfinityBits) : result;
        return x >= 0f ? result : FromBits(NaNBits);
    }

    /// <summary>ln(1 + x), accurate for small x. At most 4 ulp; -1 gives -inf, +inf +inf, numbers below -1 and NaN NaN.</summary>
    public static float Log1p(float x) =>
        // Between sqrt(0.5) - 1 and sqrt(2) - 1 the logarithm's own polynomial takes x as it is, with nothing lost in 1 + x;
        // outside, the result is far from zero and the rounding of 1 + x small beside it.
        x > SqrtHalf - 1f && x < 0.414213562f ? LogOf(x, 0) : Log(1f + x);

    /// <summary>Hyperbolic tangent. At most 2 ulp; the infinities give -1 and 1, NaN NaN.</summary>
    public static float Tanh(float x)
    {
        float magnitude = Abs(x);
        float square = x * x;
        float p = -5.70498872745e-3f;
        p = (p * square) + 2.06390887954e-2f;
        p = (p * square) - 5.37397155531e-2f;
        p = (p * square) + 1.33314422036e-1f;
        p = (p * square) - 3.33332819422e-1f;
        float near = (p * square * x) + x;
        float far = 1f - (2f / (Exp(magnitude + magnitude) + 1f));
        far = FromBits(Bits(far) | (Bits(x) & SignMask));
        return magnitude < 0.625f ? near : far;
    }

    /// <summary>1 / (1 + exp(-x)), accurate on both sides. At most 4 ulp; -inf gives 0, +inf 1, NaN NaN.</summary>
    public static float Sigmoid(float x)
    {
        // exp of the negative magnitude cannot overflow; below zero the result is e / (1 + e), which keeps tiny results exact.
        float e = Exp(-Abs(x));
        return (x < 0f ? e : 1f) / (1f + e);
    }

    /// <summary>ln(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|)), which neither overflows nor loses small results. -inf gives 0, +inf +inf, NaN NaN.</summary>
    public static float Softplus(float x) => (x > 0f ? x : 0f) + Log1p(Exp(-Abs(x)));

    /// <summary>
    /// x Φ(x), Φ the normal distribution's cumulative function. At most 6e-7 relative; -inf gives -0, +inf +inf, NaN NaN.
    /// </summary>
    public static float GELU(float x)
    {
        // From -20 down the result is the limit, -0; an infinity would make it no number.
        float above = x < -20f ? -20f : x;
        float near = above > 20f ? 20f : above;
        // x times what is not denormal yet comes first.
        float tail = near * NormalTail(near) * Bell(near);
        return x < 0f ? tail : above - tail;
    }

    /// <summary>
    /// The derivative of <see cref="GELU"/>, Φ(x) + x exp(-x^2 / 2) / sqrt(2 pi). At most 6e-7 of the larger term; -inf gives -0,
    /// +inf 1, NaN NaN.
    /// </summary>
    public static float GELUGradient(float x)
    {
        float near = x < -20f ? -20f : x > 20f ? 20f : x;
        float bell = Bell(near);
        float tail = NormalTail(near) * bell;
        return (near * 0.398942280f * bell) + (x < 0f ? tail : 1f - tail);
    }

    /// <summary>exp(-x^2 / 2) of |x| up to 20. The square is of few digits, and what they leave out is a factor of its own.</summary>
    private static float Bell(float x)
    {
        float high = FromBits(Bits(x) & unchecked((int)0xFFFFF000)), low = x - high;
        return Exp(-0.5f * high * high) * Exp(-0.5f * low * (x + high));
    }

    /// <summary>Φ(-|x|) / exp(-x^2 / 2) of |x| up to 20: w P(2 w - 1) for w = 1 / (1 + 0.35 |x|), as on the CPU.</summary>
    private static float NormalTail(float x)
    {
        float ratio = 1f / ((0.35f * Abs(x)) + 1f);
        float v = ratio + ratio - 1f;
        float p = -1.1390422e-4f;
        p = (p * v) + 2.1406951e-4f;
        p = (p * v) + 6.9006032e-4f;
        p = (p * v) - 1.7543872e-3f;
        p = (p * v) - 5.1087388e-3f;
        p = (p * v) + 1.0233859e-2f;
        p = (p * v) + 7.1098946e-2f;
        p = (p * v) + 1.7149581e-1f;
        p = (p * v) + 2.5324428e-1f;
        return ratio * p;
    }

    /// <summary>By its bits: drivers may take it for granted that a number equals itself.</summary>
    private static bool IsNaN(float x) => (Bits(x) & AbsMask) > InfinityBits;

    private static int Bits(float x) => unchecked((int)Interop.FloatAsInt(x));

    private static float FromBits(int bits) => Interop.IntAsFloat(unchecked((uint)bits));

    private static float PowerOfTwo(int exponent) => FromBits((exponent + 127) << 23);

    /// <summary>ln(1 + z) + exponent ln 2, for z from sqrt(0.5) - 1 to sqrt(2) - 1.</summary>
    private static float LogOf(float z, int exponent)
    {
        float p = 7.0376836292e-2f;
        p = (p * z) - 1.1514610310e-1f;
        p = (p * z) + 1.1676998740e-1f;
        p = (p * z) - 1.2420140846e-1f;
        p = (p * z) + 1.4249322787e-1f;
        p = (p * z) - 1.6668057665e-1f;
        p = (p * z) + 2.0000714765e-1f;
        p = (p * z) - 2.4999993993e-1f;
        p = (p * z) + 3.3333331174e-1f;
        float count = exponent;
        float square = z * z;
        float y = p * z * square;
        y += count * Ln2Low;
        y -= 0.5f * square;
        return z + y + (count * Ln2High);
    }
}
