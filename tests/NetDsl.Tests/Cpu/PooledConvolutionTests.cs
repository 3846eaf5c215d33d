using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

/// <summary>A convolution that pools its own result gives the bits of the two one after the other.</summary>
[Collection(MicroKernelTests.Name)]
public class PooledConvolutionTests
{
    /// <summary>Image (height, width, channels), window, filters, padding and stride of the convolution; window and stride of the pooling.</summary>
    public static TheoryData<int[], int[], int[]> Shapes => new()
    {
        { [28, 28, 1], [3, 32, 0, 1], [2, 2] },
        { [29, 27, 1], [3, 19, 0, 1], [2, 2] },
        { [12, 9, 1], [5, 6, 2, 1], [2, 2] },
        { [5, 4, 1], [3, 8, 0, 1], [2, 2] },
        { [10, 17, 1], [2, 16, 1, 1], [2, 2] },
        { [10, 17, 1], [3, 16, 1, 2], [2, 2] },
        { [9, 7, 3], [3, 5, 1, 1], [2, 2] },
        { [11, 13, 2], [2, 17, 0, 1], [3, 3] },
        { [11, 13, 2], [3, 8, 1, 1], [2, 3] },
        { [13, 13, 4], [3, 9, 1, 2], [2, 2] },
        { [6, 5, 1], [1, 1, 0, 1], [5, 5] },
        { [5, 7, 3], [1, 4, 0, 1], [1, 2] },
        { [8, 9, 64], [5, 33, 2, 1], [2, 2] },
        { [6, 6, 300], [1, 130, 0, 1], [3, 3] },
        { [7, 4, 2], [3, 3, 0, 1], [2, 2] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void It_is_the_pooling_of_the_convolution(int[] image, int[] conv, int[] pooling) => Frames.WithEveryKernel(() =>
    {
        (int h, int w, int c) = (image[0], image[1], image[2]);
        (int window, int filters, int pad, int stride) = (conv[0], conv[1], conv[2], conv[3]);
        int oh = ((h + (2 * pad) - window) / stride) + 1, ow = ((w + (2 * pad) - window) / stride) + 1;
        Conv2DGeometry g = new(h, w, c, window, window, filters, oh, ow, stride, stride, 1, 1, pad, pad);
        int ph = ((oh - pooling[0]) / pooling[1]) + 1, pw = ((ow - pooling[0]) / pooling[1]) + 1;
        Pool2DGeometry pool = new(oh, ow, filters, ph, pw, pooling[0], pooling[0], pooling[1], pooling[1], 1, 1, 0, 0);
        int inputs = h * w * c, between = oh * ow * filters, outputs = ph * pw * filters;
        foreach (int batch in (int[])[1, 2, 5])
            foreach (int threads in (int[])[1, 2, 3])
            {
                using WorkerTeam team = new(threads);
                WorkingMemory floats = WorkingMemory.Max(Conv2D.ForwardScratch(batch, in g, threads), Pool2D.MaxForwardScratch(in pool));
                using Memory x = new(batch * inputs, 1), weights = new(window * window * c * filters, 2), scratch = new(floats, threads);
                using Memory whole = new(batch * between), expected = new(batch * outputs);
                CpuFrame f = Frames.Frame(batch, team, scratch);
                Conv2D.Forward(in f, x.View(inputs), weights.Floats, whole.View(between), in g, default(PlaceEpilogue));

                using Memory largest = new(batch * outputs), largestScratch = new(Conv2D.ForwardMaxPoolScratch(batch, in g, in pool, threads), threads);
                Pool2D.MaxForward(in f, whole.View(between), expected.View(outputs), in pool, default(NoEpilogue));
                Conv2D.ForwardMaxPool(
                    Frames.Frame(batch, team, largestScratch), x.View(inputs), weights.Floats, largest.View(outputs), in g, in pool, default(PlaceEpilogue));
                Frames.SameBits(expected.Span, largest.Span);

                using Memory mean = new(batch * outputs), meanScratch = new(Conv2D.ForwardAveragePoolScratch(batch, in g, in pool, threads), threads);
                Pool2D.AverageForward(in f, whole.View(between), expected.View(outputs), in pool, default(NoEpilogue));
                Conv2D.ForwardAveragePool(
                    Frames.Frame(batch, team, meanScratch), x.View(inputs), weights.Floats, mean.View(outputs), in g, in pool, default(PlaceEpilogue));
                Frames.SameBits(expected.Span, mean.Span);
            }
    });

    /// <summary>With the window of 3 the greatest is found before the epilogue.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Not_a_number_and_infinities_go_through_as_in_the_pooling_alone(int window)
    {
        int side = 3 + window, pixels = side * side;
        Conv2DGeometry g = new(side, side, 1, window, window, 19, 4, 4, 1, 1, 1, 1, 0, 0);
        Pool2DGeometry pool = new(4, 4, 19, 2, 2, 2, 2, 2, 2, 1, 1, 0, 0);
        using WorkerTeam team = new(1);
        using Memory x = new(pixels, 1), weights = new(window * window * 19, 2), whole = new(16 * 19), expected = new(4 * 19), actual = new(4 * 19);
        using Memory scratch = new(WorkingMemory.Max(Conv2D.ForwardScratch(1, in g, 1), Conv2D.ForwardMaxPoolScratch(1, in g, in pool, 1)), 1);
        foreach (float odd in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f])
            for (int place = 0; place < pixels; place++)
            {
                x.Span.Fill(odd == 0 ? 0 : -1);
                x.Span[place] = odd;
                CpuFrame f = Frames.Frame(1, team, scratch);
                Conv2D.Forward(in f, x.View(pixels), weights.Floats, whole.View(16 * 19), in g, default(NoEpilogue));
                Pool2D.MaxForward(in f, whole.View(16 * 19), expected.View(4 * 19), in pool, default(NoEpilogue));
                Conv2D.ForwardMaxPool(in f, x.View(pixels), weights.Floats, actual.View(4 * 19), in g, in pool, default(NoEpilogue));
                for (int i = 0; i < expected.Length; i++) Assert.True(expected[i].Equals(actual[i]), $"[{i}]: {expected[i]} and {actual[i]}");
                if (window == 1) Assert.Equal(float.IsNaN(odd), actual.ToArray().Any(float.IsNaN));
            }
    }
}
