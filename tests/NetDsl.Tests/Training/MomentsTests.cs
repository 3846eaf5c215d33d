using NetDsl.Cpu;
using NetDsl.Engines;
using NetDsl.Tests.Cpu;
using Xunit;

namespace NetDsl.Tests.Training;

/// <summary>The moments of weights that get no gradient any more end at zero, and not at subnormal numbers, which are slow.</summary>
public class MomentsTests
{
    private const int Length = 48;
    private const int Steps = 3000;

    [Fact]
    public void Adams_moments_end_at_zero()
    {
        using Memory weights = new(Length, 1), gradients = new(Length, 2), means = new(Length), squares = new(Length);
        means.Span.Clear();
        squares.Span.Clear();
        double[] expected = [.. weights.Span.ToArray().Select(value => (double)value)], first = new double[Length], second = new double[Length];
        for (int step = 1; step <= Steps; step++)
        {
            AdamRule rule = new(weights.Floats, gradients.Floats, means.Floats, squares.Floats, new GradientClip(float.PositiveInfinity, 1))
            {
                Beta1 = 0.5f,
                OneMinusBeta1 = 0.5f,
                Beta2 = 0.9f,
                OneMinusBeta2 = 0.1f,
                Step = (float)(0.01 / (1 - Math.Pow(0.5, step))),
                InverseRoot = (float)(1 / Math.Sqrt(1 - Math.Pow(0.9, step))),
                Epsilon = 1e-8f,
            };
            for (int i = 0; i < Length; i++)
            {
                double gradient = gradients.Span[i];
                first[i] = (0.5 * first[i]) + (0.5 * gradient);
                second[i] = (0.9 * second[i]) + (0.1 * gradient * gradient);
                expected[i] -= 0.01 / (1 - Math.Pow(0.5, step)) * first[i] / (Math.Sqrt(second[i] / (1 - Math.Pow(0.9, step))) + 1e-8);
            }

            Update(rule, step);
            AssertNoneIsSubnormal(means.Span, squares.Span);
            if (step == 5) gradients.Span.Clear();
        }

        Assert.All(means.Span.ToArray(), value => Assert.Equal(0f, value));
        Assert.All(squares.Span.ToArray(), value => Assert.Equal(0f, value));
        for (int i = 0; i < Length; i++) Assert.Equal(expected[i], weights.Span[i], 1e-3 * Math.Max(1, Math.Abs(expected[i])));
    }

    /// <summary>Adam's step is the rate whatever the size of the gradients, down to squares that are subnormal.</summary>
    [Theory]
    [InlineData(1e-12f)]
    [InlineData(-1e-18f)]
    [InlineData(1e-19f)]
    public void Small_gradients_have_their_squares(float gradient)
    {
        using Memory weights = new(Length, 1), gradients = new(Length, 2), means = new(Length), squares = new(Length);
        means.Span.Clear();
        squares.Span.Clear();
        gradients.Span.Fill(gradient);
        weights.Span.Clear();
        for (int step = 1; step <= 100; step++)
            Update(
                new AdamRule(weights.Floats, gradients.Floats, means.Floats, squares.Floats, new GradientClip(float.PositiveInfinity, 1))
                {
                    Beta1 = 0.9f,
                    OneMinusBeta1 = 0.1f,
                    Beta2 = 0.999f,
                    OneMinusBeta2 = 0.001f,
                    Step = (float)(0.01 / (1 - Math.Pow(0.9, step))),
                    InverseRoot = (float)(1 / Math.Sqrt(1 - Math.Pow(0.999, step))),
                    Epsilon = 1e-30f,
                },
                step);
        Assert.All(weights.Span.ToArray(), weight => Assert.Equal(-Math.Sign(gradient), weight, 0.02));
    }

    [Fact]
    public void Velocities_end_at_zero()
    {
        using Memory weights = new(Length, 1), gradients = new(Length, 2), velocities = new(Length);
        velocities.Span.Clear();
        double[] expected = [.. weights.Span.ToArray().Zip(gradients.Span.ToArray(), (weight, gradient) => weight - (0.1 * gradient / (1 - 0.9)))];
        MomentumRule rule = new(weights.Floats, gradients.Floats, velocities.Floats, new GradientClip(float.PositiveInfinity, 1), 0.1f, 0.9f, nesterov: false);
        for (int step = 1; step <= Steps; step++)
        {
            Update(rule, step);
            AssertNoneIsSubnormal(velocities.Span);
            gradients.Span.Clear();
        }

        Assert.All(velocities.Span.ToArray(), value => Assert.Equal(0f, value));
        for (int i = 0; i < Length; i++) Assert.Equal(expected[i], weights.Span[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])));
    }

    [Fact]
    public void What_is_not_a_number_stays()
    {
        foreach (float odd in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            using Memory weights = new(Length, 1), gradients = new(Length, 2), velocities = new(Length);
            velocities.Span.Clear();
            velocities.Span[3] = odd;
            for (int step = 1; step <= 2; step++)
                Update(new MomentumRule(weights.Floats, gradients.Floats, velocities.Floats, new GradientClip(float.PositiveInfinity, 1), 0.1f, 0.9f, nesterov: true), step);
            Assert.Equal(odd, velocities.Span[3]);
            Assert.False(float.IsFinite(weights.Span[3]));
            Assert.True(float.IsFinite(weights.Span[4]));
        }
    }

    /// <summary>Both widths in turn: lane by lane they are the same.</summary>
    private static void Update<TRule>(TRule rule, int step)
        where TRule : struct, IUpdateRule
    {
        if (step % 2 == 0 && WideLanes.IsSupported) rule.Update<WideLanes>(0, Length);
        else rule.Update<VectorLanes>(0, Length);
    }

    private static void AssertNoneIsSubnormal(Span<float> values)
    {
        foreach (float value in values) Assert.False(float.IsSubnormal(value), $"{value:R}");
    }

    private static void AssertNoneIsSubnormal(Span<float> first, Span<float> second)
    {
        AssertNoneIsSubnormal(first);
        AssertNoneIsSubnormal(second);
    }
}
