using System.Numerics;
using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

public class PhiloxTests
{
    /// <summary>The known answers of Random123 (kat_vectors, philox4x32 10).</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void BlocksAreThePublishedOnes(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3) =>
        Assert.Equal((r0, r1, r2, r3), Philox.Block(c0, c1, c2, c3, k0 | ((ulong)k1 << 32)));

    [Fact]
    public void PlacesGoIntoTheCounterAsDefined()
    {
        RandomKey key = new(0x299f31d0a4093822, 0x13198a2e, 0x85a308d0);
        (uint c0, uint c1, uint c2, uint c3) = Philox.Block(5, 0x85a308d3, 0x13198a2e, 0x03707344, key.Seed);
        Assert.Equal<uint>([c0, c1, c2, c3], Enumerable.Range(20, 4).Select(i => Philox.Word(in key, 0x03707344, 3, i)).ToArray().AsSpan());
        for (int i = 0; i < 4; i++)
            Assert.Equal((Philox.Word(in key, 0x03707344, 3, 20 + i) >> 8) / 16777216f, Philox.UniformAt(in key, 0x03707344, 3, 20 + i));
    }

    [Fact]
    public void VectorsAndSpansHoldTheNumbersOfTheirElements()
    {
        RandomKey key = new(123456789012345, 7, 100);
        for (int element = 0; element < 70; element++)
        {
            Vector<float> vector = Philox.Uniform(in key, 9, 5, element);
            for (int lane = 0; lane < Vector<float>.Count; lane++) Assert.Equal(Philox.UniformAt(in key, 9, 5, element + lane), vector[lane]);
        }

        for (int length = 0; length < 20; length++)
        {
            float[] values = new float[length];
            Philox.Fill(in key, 9, 5, values);
            for (int i = 0; i < length; i++) Assert.Equal(Philox.UniformAt(in key, 9, 5, i), values[i]);
        }
    }

    [Fact]
    public void NumbersAreUniformAndDifferByEveryPartOfTheKey()
    {
        RandomKey key = new(42, 3, 0);
        float[] values = new float[100_000];
        Philox.Fill(in key, 1, 2, values);
        Assert.All(values, value => Assert.InRange(value, 0f, 0.99999994f));
        Assert.Equal(0.5, values.Average(), 0.005);
        Assert.Equal(1.0 / 12, values.Select(value => (value - 0.5) * (value - 0.5)).Average(), 0.001);

        uint[] words =
        [
            Philox.Word(in key, 1, 2, 0), Philox.Word(key with { Seed = 43 }, 1, 2, 0), Philox.Word(key with { Seed = 42 + (1L << 32) }, 1, 2, 0),
            Philox.Word(key with { Step = 4 }, 1, 2, 0), Philox.Word(in key, 2, 2, 0), Philox.Word(in key, 1, 3, 0), Philox.Word(in key, 1, 2, 1),
            Philox.Word(in key, 1, 2, 4),
        ];
        Assert.Equal(words.Length, words.Distinct().Count());
        Assert.Equal(Philox.Word(in key, 1, 12, 5), Philox.Word(key with { FirstSample = 10 }, 1, 2, 5));
    }

    [Fact]
    public void Normal_numbers_are_quantiles_of_the_uniform_ones()
    {
        RandomKey key = new(7, 3, 0);
        float least = 0, most = 0;
        double sum = 0, squares = 0, fourth = 0;
        const int Count = 1 << 20;
        for (int element = 0; element < Count; element += Vector<float>.Count)
        {
            Vector<float> normal = Philox.Normal(in key, 11, 2, element), uniform = Philox.Uniform(in key, 11, 2, element);
            for (int lane = 0; lane < Vector<float>.Count; lane++)
            {
                double z = normal[lane], below = (1 + Erf(z / Math.Sqrt(2))) / 2, expected = uniform[lane] + Math.ScaleB(1, -25);

                // The error in z times the density there is the error in the probability.
                Assert.Equal(expected, below, 1e-6 * Math.Abs(z) * Math.Exp(-z * z / 2) + 1e-13);
                (least, most) = (MathF.Min(least, normal[lane]), MathF.Max(most, normal[lane]));
                (sum, squares, fourth) = (sum + z, squares + (z * z), fourth + (z * z * z * z));
            }
        }

        Assert.InRange(sum / Count, -0.004, 0.004);
        Assert.InRange(squares / Count, 0.994, 1.006);
        Assert.InRange(fourth / Count, 2.96, 3.04);
        Assert.InRange(least, -5.42f, -4.2f);
        Assert.InRange(most, 4.2f, 5.42f);
    }

    /// <summary>The series of DLMF 7.6.2, whose terms have one sign.</summary>
    private static double Erf(double x)
    {
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
