using Xunit;

namespace NetDsl.Tests.Generated;

/// <summary>Tokens drawn from given logits.</summary>
public sealed class TokenSamplerTests
{
    private const int Draws = 20_000;

    // Probabilities 0.1, 0.4, 0.2, 0.3.
    private static readonly float[] Logits = [MathF.Log(0.1f), MathF.Log(0.4f), MathF.Log(0.2f), MathF.Log(0.3f)];

    [Fact]
    public void Tokens_come_as_often_as_their_probabilities_say() => Check(new(), 0.1, 0.4, 0.2, 0.3);

    [Fact]
    public void The_temperature_divides_the_logits()
    {
        // At one half probabilities are squared: 0.01, 0.16, 0.04, 0.09 of 0.3.
        Check(new() { Temperature = 0.5 }, 0.01 / 0.3, 0.16 / 0.3, 0.04 / 0.3, 0.09 / 0.3);
        Check(new() { Temperature = 1e-6 }, 0, 1, 0, 0);
        Check(new() { Temperature = 0 }, 0, 1, 0, 0);
        Check(new() { Temperature = 1e6 }, 0.25, 0.25, 0.25, 0.25);
    }

    [Fact]
    public void Only_the_likeliest_are_drawn_from()
    {
        Check(new() { TopK = 2 }, 0, 4 / 7.0, 0, 3 / 7.0);
        Check(new() { TopK = 1 }, 0, 1, 0, 0);
        Check(new() { TopK = 9 }, 0.1, 0.4, 0.2, 0.3);
        Check(new() { TopP = 0.39 }, 0, 1, 0, 0);
        Check(new() { TopP = 0.5 }, 0, 4 / 7.0, 0, 3 / 7.0);
        Check(new() { TopP = 0.8 }, 0, 4 / 9.0, 2 / 9.0, 3 / 9.0);
        Check(new() { TopP = 0.8, TopK = 2 }, 0, 4 / 7.0, 0, 3 / 7.0);
    }

    [Fact]
    public void Infinite_logits_are_certain_or_impossible()
    {
        TokenSampler sampler = new(new GenerationOptions(), 4);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(2, sampler.Draw([0, 0, float.PositiveInfinity, 5]));
            Assert.NotEqual(1, sampler.Draw([0, float.NegativeInfinity, 1, 2]));
        }

        Assert.Throws<InvalidOperationException>(() => sampler.Draw([0, float.NaN, 0, 0]));
    }

    [Fact]
    public void Options_out_of_range_are_said()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GenerationOptions { MaxTokens = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GenerationOptions { TopK = -1 });
        foreach (double temperature in (double[])[-1, double.NaN, double.PositiveInfinity]) Assert.Throws<ArgumentOutOfRangeException>(() => new GenerationOptions { Temperature = temperature });
        foreach (double share in (double[])[0, -0.1, 1.1, double.NaN]) Assert.Throws<ArgumentOutOfRangeException>(() => new GenerationOptions { TopP = share });
        Assert.Throws<ArgumentNullException>(() => new GenerationOptions { Stop = null! });
    }

    /// <summary>Five standard deviations of a share of so many draws.</summary>
    private static void Check(GenerationOptions options, params double[] expected)
    {
        TokenSampler sampler = new(options with { Seed = 11 }, expected.Length);
        int[] counts = new int[expected.Length];
        for (int i = 0; i < Draws; i++) counts[sampler.Draw(Logits)]++;
        for (int token = 0; token < expected.Length; token++)
        {
            double deviation = Math.Sqrt(expected[token] * (1 - expected[token]) / Draws);
            Assert.InRange(counts[token] / (double)Draws, expected[token] - (5 * deviation), expected[token] + (5 * deviation));
        }
    }
}
