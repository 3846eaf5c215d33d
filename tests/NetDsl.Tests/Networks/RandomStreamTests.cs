using NetDsl.Networks;
using Xunit;

namespace NetDsl.Tests.Networks;

public class RandomStreamTests
{
    [Fact]
    public void Streams_of_the_same_key_are_equal_and_others_are_not()
    {
        Assert.Equal(Bits(1, "a", 0), Bits(1, "a", 0));
        Assert.NotEqual(Bits(1, "a", 0), Bits(2, "a", 0));
        Assert.NotEqual(Bits(1, "a", 0), Bits(1, "b", 0));
        Assert.NotEqual(Bits(1, "a", 0), Bits(1, "a", 1));
        Assert.Equal(64, Bits(1, "a", 0).Distinct().Count());
    }

    [Fact]
    public void Whole_numbers_are_uniform_below_their_bound()
    {
        RandomStream random = new(5, "test");
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) counts[random.NextBelow(7)]++;
        // Deviation of a count: sqrt(70000 / 7 * 6 / 7) = 93.
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 500, 10_000 + 500));
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        RandomStream random = new(5, "test");
        double[] values = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextNormal())];
        Assert.Equal(0, values.Average(), 0.02);
        Assert.Equal(1, values.Average(value => value * value), 0.03);
        Assert.Equal(3, values.Average(value => value * value * value * value), 0.2);
    }

    [Fact]
    public void A_shuffle_keeps_every_item_and_moves_most()
    {
        int[] items = [.. Enumerable.Range(0, 1000)];
        new RandomStream(9, "shuffle").Shuffle(items);
        Assert.Equal(Enumerable.Range(0, 1000), items.Order());
        Assert.InRange(items.Where((item, i) => item == i).Count(), 0, 10);
    }

    private static uint[] Bits(long seed, string purpose, ulong index)
    {
        RandomStream random = new(seed, purpose, index);
        uint[] bits = new uint[64];
        for (int i = 0; i < bits.Length; i++) bits[i] = random.NextBits();
        return bits;
    }
}
