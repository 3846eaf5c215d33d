using System.Numerics;
using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

public class VectorMathTests
{
    public static TheoryData<string, int> Functions => new() { { "exp", 2 }, { "log", 2 }, { "log1p", 4 }, { "tanh", 2 }, { "sigmoid", 4 }, { "erf", 2 } };

    [Theory]
    [MemberData(nameof(Functions))]
    public void ErrorsAreWithinTheBoundOverAllMagnitudes(string name, int bound)
    {
        double worst = 0;
        float at = 0;
        for (long bits = 0; bits <= uint.MaxValue; bits += 1709)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)bits);
            if (!float.IsFinite(x)) continue;
            Check(x);
        }

        for (int i = -200_000; i <= 200_000; i++) Check(i * 0.0005f);
        Assert.True(worst <= bound, $"{name}: {worst:F2} ulp at {at:R}");

        void Check(float x)
        {
            double expected = Reference(name, x);
            float actual = Apply(name, x);
            if (double.IsNaN(expected))
            {
                Assert.True(float.IsNaN(actual), $"{name}({x:R}) is {actual:R}");
                return;
            }

            double error = Ulps(expected, actual);
            if (error > worst) (worst, at) = (error, x);
        }
    }

    [Theory]
    [InlineData("exp", float.NegativeInfinity, 0f)]
    [InlineData("exp", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("exp", float.NaN, float.NaN)]
    [InlineData("exp", 0f, 1f)]
    [InlineData("exp", 89f, float.PositiveInfinity)]
    [InlineData("exp", -104f, 0f)]
    [InlineData("log", 0f, float.NegativeInfinity)]
    [InlineData("log", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("log", -1f, float.NaN)]
    [InlineData("log", float.NaN, float.NaN)]
    [InlineData("log", 1f, 0f)]
    [InlineData("log1p", -1f, float.NegativeInfinity)]
    [InlineData("log1p", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("log1p", -2f, float.NaN)]
    [InlineData("log1p", float.NaN, float.NaN)]
    [InlineData("log1p", 0f, 0f)]
    [InlineData("tanh", float.PositiveInfinity, 1f)]
    [InlineData("tanh", float.NegativeInfinity, -1f)]
    [InlineData("tanh", float.NaN, float.NaN)]
    [InlineData("tanh", 0f, 0f)]
    [InlineData("sigmoid", float.PositiveInfinity, 1f)]
    [InlineData("sigmoid", float.NegativeInfinity, 0f)]
    [InlineData("sigmoid", float.NaN, float.NaN)]
    [InlineData("sigmoid", 0f, 0.5f)]
    [InlineData("erf", float.PositiveInfinity, 1f)]
    [InlineData("erf", float.NegativeInfinity, -1f)]
    [InlineData("erf", float.NaN, float.NaN)]
    [InlineData("erf", 0f, 0f)]
    [InlineData("erf", -4f, -1f)]
    public void EdgesAreExact(string name, float x, float expected) => Assert.Equal(expected, Apply(name, x));

    [Theory]
    [MemberData(nameof(Functions))]
    public void ALaneDoesNotSeeTheOthers(string name, int bound)
    {
        Assert.True(bound > 0);
        float[] values = new float[Vector<float>.Count];
        Random random = new(1);
        for (int round = 0; round < 200; round++)
        {
            for (int i = 0; i < values.Length; i++) values[i] = (float)((random.NextDouble() * 40) - 20);
            if (round % 3 == 0) values[0] = float.NaN;
            if (round % 5 == 0) values[^1] = float.PositiveInfinity;
            Vector<float> together = Apply(name, new Vector<float>(values));
            for (int i = 0; i < values.Length; i++)
                Assert.Equal(BitConverter.SingleToInt32Bits(Apply(name, values[i])), BitConverter.SingleToInt32Bits(together[i]));
        }
    }

    private static float Apply(string name, float x) => Apply(name, new Vector<float>(x))[0];

    private static Vector<float> Apply(string name, Vector<float> x) => name switch
    {
        "exp" => VectorMath.Exp(x),
        "log" => VectorMath.Log(x),
        "log1p" => VectorMath.Log1p(x),
        "tanh" => VectorMath.Tanh(x),
        "erf" => VectorMath.Erf(x),
        _ => VectorMath.Sigmoid(x),
    };

    private static double Reference(string name, double x) => name switch
    {
        "exp" => Math.Exp(x),
        "log" => Math.Log(x),
        "log1p" => Log1p(x),
        "tanh" => Math.Abs(x) < 1e-4 ? x - (x * x * x / 3) : Math.Tanh(x),
        "erf" => Erf(x),
        _ => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)),
    };

    private static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(Math.Log(u)) ? Math.Log(u) : Math.Log(u) + ((x - (u - 1)) / u);
    }

    /// <summary>Maclaurin's series below 2; from there 1 - erfc(x) by its continued fraction (DLMF 7.9.1), from the inside out.</summary>
    private static double Erf(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude < 2)
        {
            double power = x, sum = x;
            for (int n = 1; n < 60; n++)
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

    private static double Ulps(double expected, float actual)
    {
        if ((float)expected == actual) return 0;
        double magnitude = Math.Max(Math.Abs(expected), 1.1754943508222875e-38);
        if (magnitude > float.MaxValue) return float.IsInfinity(actual) ? 0 : double.PositiveInfinity;
        double ulp = Math.Pow(2, Math.Floor(Math.Log2(magnitude)) - 23);
        return Math.Abs(expected - actual) / ulp;
    }
}
