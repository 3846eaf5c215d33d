using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

/// <summary>The filter gradient that finds the greatest of each window by itself is that of the pooling's gradient.</summary>
[Collection(MicroKernelTests.Name)]
public class PooledFilterGradientTests
{
    /// <summary>Height, width, filters and padding.</summary>
    public static TheoryData<int, int, int, int> Shapes => new()
    {
        { 28, 28, 32, 0 },
        { 28, 28, 32, 1 },
        { 29, 27, 19, 0 },
        { 4, 4, 1, 0 },
        { 5, 6, 7, 0 },
        { 3, 2, 8, 1 },
        { 11, 13, 24, 1 },
        { 7, 9, 17, 1 },
        { 64, 5, 40, 0 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void It_is_the_gradient_through_the_pooling(int h, int w, int filters, int pad)
    {
        foreach (int batch in (int[])[1, 2, 5, 33])
        {
            float[]? first = null;
            foreach (int threads in (int[])[1, 2, 3])
            {
                float[] actual = Run(h, w, filters, pad, batch, threads, 33, odd: float.NaN, out double[] expected);
                for (int i = 0; i < actual.Length; i++)
                    Assert.True(Math.Abs(expected[i] - actual[i]) <= 2e-5 * Math.Max(1, Math.Abs(expected[i])), $"batch {batch}, [{i}]: {expected[i]} and {actual[i]}");
                first ??= actual;
                Frames.SameBits(first, actual);
            }
        }
    }

    /// <summary>A value that is not a number has its window's gradient, also where greater ones follow.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Odd_values_are_found_as_the_pooling_finds_them(float odd)
    {
        float[] actual = Run(6, 6, 19, 0, 2, 1, 2, odd, out double[] expected);
        for (int i = 0; i < actual.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) <= 2e-5, $"[{i}]: {expected[i]} and {actual[i]}");
    }

    [Fact]
    public void No_samples_give_zero() => Assert.All(Run(6, 6, 5, 1, 0, 2, 4, float.NaN, out _), value => Assert.Equal(0f, value));

    /// <summary>A smaller batch may be cut into fewer parts of more rows.</summary>
    [Theory]
    [InlineData(8, 8, 32)]
    [InlineData(28, 28, 32)]
    [InlineData(5, 6, 7)]
    public void Memory_for_a_batch_serves_every_smaller_one(int h, int w, int filters)
    {
        Conv2DGeometry g = new(h, w, 1, 3, 3, filters, h, w, 1, 1, 1, 1, 1, 1);
        Pool2DGeometry pool = new(h, w, filters, h / 2, w / 2, 2, 2, 2, 2, 1, 1, 0, 0);
        WorkingMemory floats = default;
        for (int batch = 1; batch < 200; batch++) Frames.NoLess(ref floats, Conv2D.FilterGradientMaxPoolScratch(batch, in g, in pool));
    }

    private static float[] Run(int h, int w, int filters, int pad, int batch, int threads, int capacity, float odd, out double[] expected)
    {
        int oh = h + (2 * pad) - 2, ow = w + (2 * pad) - 2, ph = oh / 2, pw = ow / 2;
        Conv2DGeometry g = new(h, w, 1, 3, 3, filters, oh, ow, 1, 1, 1, 1, pad, pad);
        Pool2DGeometry pool = new(oh, ow, filters, ph, pw, 2, 2, 2, 2, 1, 1, 0, 0);
        int pixels = h * w, between = oh * ow * filters, outputs = ph * pw * filters;
        using WorkerTeam team = new(threads);
        using Memory x = new(batch * pixels, 1), y = new(batch * between, 2), dy = new(batch * outputs, 3), dw = new(9 * filters);
        using Memory scratch = new(Conv2D.FilterGradientMaxPoolScratch(capacity, in g, in pool), threads);

        // Ties, and numbers that no comparison likes, beside the rest.
        for (int i = 0; i < y.Span.Length; i++) y.Span[i] = i % 17 == 0 ? odd : MathF.Round(y.Span[i] * 4);
        Conv2D.FilterGradientMaxPool(Frames.Frame(batch, team, scratch), x.View(pixels), y.View(between), dy.View(outputs), dw.Floats, in g, in pool);

        expected = new double[9 * filters];
        for (int sample = 0; sample < batch; sample++)
            for (int window = 0; window < ph * pw; window++)
                for (int filter = 0; filter < filters; filter++)
                {
                    int top = 2 * (window / pw), left = 2 * (window % pw), place = 0;
                    float best = float.NegativeInfinity;
                    for (int i = 0; i < 4; i++)
                    {
                        float value = y.Span[(sample * between) + ((((top + (i / 2)) * ow) + left + (i % 2)) * filters) + filter];
                        if (value > best || float.IsNaN(value)) (best, place) = (value, i);
                    }

                    for (int tap = 0; tap < 9; tap++)
                    {
                        int row = top + (place / 2) + (tap / 3) - pad, column = left + (place % 2) + (tap % 3) - pad;
                        if (row < 0 || row >= h || column < 0 || column >= w) continue;
                        expected[(tap * filters) + filter] += (double)x.Span[(sample * pixels) + (row * w) + column] * dy.Span[(sample * outputs) + (window * filters) + filter];
                    }
                }

        return dw.Span.ToArray();
    }
}
