using System.Numerics;
using System.Runtime.Intrinsics.X86;
using NetDsl.Cpu;

namespace NetDsl.Tests.Cpu;

/// <summary>A function of <see cref="VectorMath"/> beside the same in double precision.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Vectorised">The function.</param>
/// <param name="Exact">What it approximates; its own error is some 2^-50 of the result, which is nothing against 2^-24.</param>
/// <param name="Bound">Units in the last place that its documentation allows.</param>
/// <param name="Lowest">No result is below.</param>
/// <param name="Highest">No result is above.</param>
/// <param name="Branches">Where it goes over from one formula to another, results come to an end, or the error is the largest of all.</param>
public sealed record VectorMathReference(
    string Name,
    Func<Vector<float>, Vector<float>> Vectorised,
    Func<double, double> Exact,
    double Bound,
    float Lowest,
    float Highest,
    params float[] Branches)
{
    private const float Infinity = float.PositiveInfinity;

    // Where exp overflows, where its results turn denormal and where they end: ln of 2^128, 2^-126 and 2^-150.
    private const float Overflow = 88.72284f, Denormal = -87.33655f, Underflow = -103.97208f;

    private static readonly VectorMathReference[] s_all =
    [
        new("exp", VectorMath.Exp, Math.Exp, 1.02, 0, Infinity, Overflow, Denormal, Underflow, 89, -104, -5.8778844f, 70.4031f),
        new("log", VectorMath.Log, Math.Log, 0.83, -Infinity, Infinity, 1, 0.5f, 0.707106781f, 1.414213562f, 2, 1.413642f, 0.6999768f),
        new("log1p", VectorMath.Log1p, Log1p, 1.44, -Infinity, Infinity, -1, -0.5f, -0.292893219f, 0.414213562f, 1, 5.9604645e-8f, -5.9604645e-8f, 16777216, -8.940697e-8f),
        new("tanh", VectorMath.Tanh, Math.Tanh, 1.34, -1, 1, 0.625f, -0.625f, 0.62830955f, 9.010913f, -9.010913f, Overflow / 2, -Overflow / 2),
        new("sigmoid", VectorMath.Sigmoid, Sigmoid, 2.41, 0, 1, Overflow, Denormal, Underflow, 16.635532f, -16.635532f, -4.157294f),
        new("softplus", VectorMath.Softplus, Softplus, 1.99, 0, Infinity, Overflow, Denormal, Underflow, 16.635532f, -16.635532f, -2.03031f),
        new("gelu", VectorMath.GELU, GELU, Fma.IsSupported ? 6.51 : 67.5, -0.17f, Infinity, 14.5f, -14.5f, -14.3f, -13.1f, -2.196585f, -11.987961f),
    ];

    public static IEnumerable<string> Names => s_all.Select(function => function.Name);

    public static VectorMathReference Of(string name) => s_all.Single(function => function.Name == name);

    public float At(float x) => Vectorised(new Vector<float>(x))[0];

    /// <summary>
    /// How far a result lies from the exact one, in units of the last place there. A denormal's unit is 2^-149; for infinity stands
    /// 2^128, as in rounding.
    /// </summary>
    public static double Ulps(double exact, float result)
    {
        if (double.IsNaN(exact) || float.IsNaN(result)) return double.IsNaN(exact) && float.IsNaN(result) ? 0 : double.PositiveInfinity;
        double infinity = Math.ScaleB(1, 128), bounded = Math.Clamp(exact, -infinity, infinity);
        int exponent = Math.Clamp(Math.ILogB(bounded), -126, 127);
        return Math.Abs(bounded - Math.Clamp(result, -infinity, infinity)) / Math.ScaleB(1, exponent - 23);
    }

    private static double Sigmoid(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));

    private static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <summary>The series for what 1 + x would lose.</summary>
    private static double Log1p(double x) => Math.Abs(x) < 1e-5 ? x - (x * x * (0.5 - (x * ((1.0 / 3) - (x / 4))))) : Math.Log(1 + x);

    private static double GELU(double x) => double.IsNegativeInfinity(x) ? 0 : x * NormalCdf(x);

    /// <summary>Φ(x); its tail is erfc's by the continued fraction (DLMF 7.9.1), which has digits where 1 - erf has none.</summary>
    public static double NormalCdf(double x)
    {
        if (!(x < -2 * Math.Sqrt(2))) return (1 + Erf(x / Math.Sqrt(2))) / 2;
        double magnitude = -x / Math.Sqrt(2), fraction = magnitude;
        for (int n = 60; n > 0; n--) fraction = magnitude + (n / 2.0 / fraction);
        return Math.Exp(-magnitude * magnitude) / Math.Sqrt(Math.PI) / fraction / 2;
    }

    /// <summary>Maclaurin's series below 2; from there 1 - erfc(x) by its continued fraction (DLMF 7.9.1), from the inside out.</summary>
    private static double Erf(double x)
    {
        double magnitude = Math.Abs(x);
        if (double.IsNaN(x) || magnitude > 6) return double.IsNaN(x) ? x : Math.Sign(x);
        if (magnitude < 2)
        {
            double power = x, sum = x;
            for (int n = 1; Math.Abs(power) > 1e-18 * magnitude; n++)
            {
                power *= -x * x / n;
                sum += power / ((2 * n) + 1);
            }

            return 2 / Math.Sqrt(Math.PI) * sum;
        }

        double fraction = magnitude;
        for (int n = 60; n > 0; n--) fraction = magnitude + (n / 2.0 / fraction);
        return Math.Sign(x) * (1 - (Math.Exp(-magnitude * magnitude) / Math.Sqrt(Math.PI) / fraction));
    }
}
