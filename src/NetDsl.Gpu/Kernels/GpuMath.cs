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

    /// <summary>The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. At most 1e-6 relative; NaN gives NaN.</summary>
    public static float Erf(float x)
    {
        float magnitude = Abs(x);
        float square = x * x;
        float p = 7.853861353153693e-5f;
        p = (p * square) - 8.010193625184903e-4f;
        p = (p * square) + 5.188327685732524e-3f;
        p = (p * square) - 2.685381193529856e-2f;
        p = (p * square) + 1.128358514861418e-1f;
        p = (p * square) - 3.761262582423300e-1f;
        float near = (p * square * x) + (1.128379165726710f * x);

        // From 1 on by the complement, exp(-x^2) / x times a polynomial in 1 / x^2; from 4 on it is 1.
        float bounded = magnitude > 4f ? 4f : magnitude < 1f ? 1f : magnitude;
        float inverse = 1f / bounded;
        float y = inverse * inverse;
        float q = 2.326819970068386e-2f;
        q = (q * y) - 1.387039388740657e-1f;
        q = (q * y) + 3.687424674597105e-1f;
        q = (q * y) - 5.824733027278666e-1f;
        q = (q * y) + 6.210004621745983e-1f;
        q = (q * y) - 4.944515323274145e-1f;
        q = (q * y) + 3.404879937665872e-1f;
        q = (q * y) - 2.741127028184656e-1f;
        q = (q * y) + 5.638259427386472e-1f;
        float t = -1.047766399936249e+1f;
        t = (t * y) + 1.297719955372516e+1f;
        t = (t * y) - 7.495518717768503e+0f;
        t = (t * y) + 2.921019019210786e+0f;
        t = (t * y) - 1.015265279202700e+0f;
        t = (t * y) + 4.218463358204948e-1f;
        t = (t * y) - 2.820767439740514e-1f;
        t = (t * y) + 5.641895067754075e-1f;
        float complement = Exp(-(bounded * bounded)) * inverse * (bounded < 2f ? q : t);
        float far = FromBits(Bits(1f - complement) | (Bits(x) & SignMask));
        return IsNaN(x) ? x : magnitude < 1f ? near : far;
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
