using System.Numerics;
using System.Runtime.Intrinsics.X86;
using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

/// <summary>
/// The bounds of <see cref="VectorMath"/>'s documentation over the whole float range. There they come from all 2^32 floats; here
/// is every 4099th (a prime, so that each exponent sees other mantissas), and everything near a branch or a limit.
/// </summary>
public class VectorMathTests
{
    private const int Stride = 4099;
    private const int Neighbours = 2000;
    private const uint SignBit = 0x80000000;

    // As bits: 0, the smallest normal number, infinity. The neighbours on both sides are looked at.
    private static readonly uint[] s_limits = [0, 0x00800000, 0x7F800000];

    public static TheoryData<string> Functions => [.. VectorMathReference.Names];

    [Theory]
    [MemberData(nameof(Functions))]
    public void ErrorsAreWithinTheBoundOverAllFloats(string name)
    {
        Worst worst = new(name);
        for (long bits = 0; bits <= uint.MaxValue; bits += Stride) worst.Add(BitConverter.UInt32BitsToSingle((uint)bits));
        worst.Done();
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void ErrorsAreWithinTheBoundWhereActivationsAre(string name)
    {
        Worst worst = new(name);
        for (int i = -200_000; i <= 200_000; i++) worst.Add(i * 0.0005f);
        worst.Done();
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void ErrorsAreWithinTheBoundBesideBranchesAndLimits(string name)
    {
        Worst worst = new(name);
        IEnumerable<uint> middles = VectorMathReference.Of(name).Branches.Select(BitConverter.SingleToUInt32Bits).Concat(s_limits);
        foreach (uint middle in middles.SelectMany(bits => new[] { bits, bits ^ SignBit }))
        {
            // Past 0, and past the infinities, the neighbours are the other sign's and NaNs: all are floats.
            for (int i = -Neighbours; i <= Neighbours; i++) worst.Add(BitConverter.UInt32BitsToSingle((uint)(middle + i)));
        }

        worst.Done();
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
    [InlineData("log", float.NegativeInfinity, float.NaN)]
    [InlineData("log", -float.Epsilon, float.NaN)]
    [InlineData("log", float.NaN, float.NaN)]
    [InlineData("log", 1f, 0f)]
    [InlineData("log1p", -1f, float.NegativeInfinity)]
    [InlineData("log1p", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("log1p", float.NegativeInfinity, float.NaN)]
    [InlineData("log1p", -2f, float.NaN)]
    [InlineData("log1p", float.NaN, float.NaN)]
    [InlineData("log1p", 0f, 0f)]
    [InlineData("log1p", float.Epsilon, float.Epsilon)]
    [InlineData("tanh", float.PositiveInfinity, 1f)]
    [InlineData("tanh", float.NegativeInfinity, -1f)]
    [InlineData("tanh", float.NaN, float.NaN)]
    [InlineData("tanh", 0f, 0f)]
    [InlineData("tanh", float.Epsilon, float.Epsilon)]
    [InlineData("sigmoid", float.PositiveInfinity, 1f)]
    [InlineData("sigmoid", float.NegativeInfinity, 0f)]
    [InlineData("sigmoid", float.NaN, float.NaN)]
    [InlineData("sigmoid", 0f, 0.5f)]
    [InlineData("softplus", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("softplus", float.NegativeInfinity, 0f)]
    [InlineData("softplus", float.NaN, float.NaN)]
    [InlineData("softplus", float.MaxValue, float.MaxValue)]
    [InlineData("gelu", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("gelu", float.NegativeInfinity, 0f)]
    [InlineData("gelu", float.NaN, float.NaN)]
    [InlineData("gelu", float.MaxValue, float.MaxValue)]
    [InlineData("gelu", -15f, 0f)]
    [InlineData("gelu", 0f, 0f)]
    public void EdgesAreExact(string name, float x, float expected) => Assert.Equal(expected, VectorMathReference.Of(name).At(x));

    [Theory]
    [InlineData("exp", 1f)]
    [InlineData("log", float.NegativeInfinity)]
    [InlineData("log1p", 0f)]
    [InlineData("tanh", -0f)]
    [InlineData("sigmoid", 0.5f)]
    public void NegativeZeroIsExact(string name, float expected) => // As bits, since 0 equals -0.
        Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(VectorMathReference.Of(name).At(-0f)));

    [Theory]
    [InlineData("tanh")]
    public void OddFunctionsAreOddToTheBit(string name)
    {
        VectorMathReference function = VectorMathReference.Of(name);
        for (long bits = 0; bits <= 0x7F800000; bits += Stride)
        {
            Vector<float> x = new(BitConverter.UInt32BitsToSingle((uint)bits));
            Vector<int> there = Vector.AsVectorInt32(function.Vectorised(x)), back = Vector.AsVectorInt32(-function.Vectorised(-x));
            Assert.True(Vector.EqualsAll(there, back), $"{name} of {x[0]:R}");
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void ALaneDoesNotSeeTheOthers(string name)
    {
        VectorMathReference function = VectorMathReference.Of(name);
        float[] values = new float[Vector<float>.Count];
        Random random = new(1);
        for (int round = 0; round < 200; round++)
        {
            for (int i = 0; i < values.Length; i++) values[i] = (float)((random.NextDouble() * 40) - 20);
            if (round % 3 == 0) values[0] = float.NaN;
            if (round % 5 == 0) values[^1] = float.PositiveInfinity;
            Vector<float> together = function.Vectorised(new Vector<float>(values));
            for (int i = 0; i < values.Length; i++)
                Assert.Equal(BitConverter.SingleToInt32Bits(function.At(values[i])), BitConverter.SingleToInt32Bits(together[i]));
        }
    }

    /// <summary>The largest error among the arguments given; they are computed a vector at a time.</summary>
    private sealed class Worst(string name)
    {
        private readonly VectorMathReference _function = VectorMathReference.Of(name);
        private readonly float[] _arguments = new float[Vector<float>.Count];
        private int _count;
        private double _worst;
        private float _at;

        public void Add(float x)
        {
            _arguments[_count++] = x;
            if (_count == _arguments.Length) Compute();
        }

        public void Done()
        {
            Compute();
            Assert.True(_worst <= _function.Bound, $"{name}: {_worst:F2} ulp at {_at:R}, {_function.At(_at):R} instead of {_function.Exact(_at):R}");
        }

        private void Compute()
        {
            Vector<float> results = _function.Vectorised(new Vector<float>(_arguments));
            for (int i = 0; i < _count; i++)
            {
                float x = _arguments[i], result = results[i];
                Assert.False(result < _function.Lowest || result > _function.Highest, $"{name}({x:R}) is {result:R}");
                double error = VectorMathReference.Ulps(_function.Exact(x), result);
                if (error > _worst) (_worst, _at) = (error, x);
            }

            _count = 0;
        }
    }

    [Theory]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(0f, 0.5f)]
    [InlineData(-30f, 0f)]
    [InlineData(30f, 1f)]
    public void Edges_of_the_gradient_of_GELU(float x, float expected) => Assert.Equal(expected, VectorMath.GELUGradient(new Vector<float>(x))[0]);

    [Fact]
    public void The_gradient_of_GELU_is_a_half_at_either_zero()
    {
        Assert.Equal(new Vector<float>(0.5f), VectorMath.GELUGradient(Vector<float>.Zero));
        Assert.Equal(new Vector<float>(0.5f), VectorMath.GELUGradient(new Vector<float>(-0f)));
    }

    [Fact]
    public void GELU_with_its_gradient_has_the_bits_of_each()
    {
        float[] values = new float[Vector<float>.Count];
        for (long bits = 0; bits <= uint.MaxValue; bits += Stride * (long)values.Length)
        {
            for (int lane = 0; lane < values.Length; lane++) values[lane] = BitConverter.UInt32BitsToSingle((uint)(bits + (lane * Stride)));
            Vector<float> x = new(values), y = VectorMath.GELU(x, out Vector<float> gradient);
            Assert.True(HaveSameBits(VectorMath.GELU(x), y) && HaveSameBits(VectorMath.GELUGradient(x), gradient), $"{x}");
        }
    }

    /// <summary>Which NaN comes of two is the processor's and the compiler's affair.</summary>
    private static bool HaveSameBits(Vector<float> left, Vector<float> right) =>
        Vector.EqualsAll(Vector.Equals(Vector.AsVectorInt32(left), Vector.AsVectorInt32(right)) | (Vector.IsNaN(left) & Vector.IsNaN(right)).As<float, int>(), Vector<int>.AllBitsSet);

    [Fact]
    public void The_greatest_lane_is_found_wherever_it_is()
    {
        float[] lanes = new float[Vector<float>.Count];
        for (int at = 0; at < lanes.Length; at++)
        {
            for (int lane = 0; lane < lanes.Length; lane++) lanes[lane] = -lane - 1;
            Assert.Equal(-1f, VectorMath.Greatest(new(lanes)));
            lanes[at] = 3;
            Assert.Equal(3f, VectorMath.Greatest(new(lanes)));
            lanes[at] = float.NaN;
            Assert.Equal(float.NaN, VectorMath.Greatest(new(lanes)));
        }

        Assert.Equal(float.NegativeInfinity, VectorMath.Greatest(new(float.NegativeInfinity)));
    }

    /// <summary>It crosses zero at -0.75, so that its error is measured by the larger of its two terms; below 1e-36 the exponential is denormal.</summary>
    [Fact]
    public void The_gradient_of_GELU_is_within_its_bound_over_all_floats()
    {
        double worst = 0, at = 0;
        void Add(float x)
        {
            if (!float.IsFinite(x)) return;
            double cdf = VectorMathReference.NormalCdf(x), slope = x * Math.Exp(-(double)x * x / 2) / Math.Sqrt(2 * Math.PI);
            double error = Math.Abs(VectorMath.GELUGradient(new Vector<float>(x))[0] - (cdf + slope)) / Math.Max(Math.Max(cdf, Math.Abs(slope)), 1e-36);
            if (!(error <= worst)) (worst, at) = (error, x);
        }

        for (long bits = 0; bits <= uint.MaxValue; bits += Stride) Add(BitConverter.UInt32BitsToSingle((uint)bits));
        for (int i = -200_000; i <= 200_000; i++) Add(i * 0.0001f);
        Assert.True(worst <= (Fma.IsSupported ? 4.1e-7 : 4e-6), $"{worst} at {at:R}");
    }

    [Theory]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.Epsilon, float.Epsilon)]
    [InlineData(-float.Epsilon, 0f)]
    [InlineData(-0f, 0f)]
    [InlineData(1.5f, 1.5f)]
    public void ReLU_keeps_what_is_positive_and_what_is_no_number(float x, float expected) =>
        Assert.Equal(expected, VectorMath.ReLU(new Vector<float>(x))[0]);
}
