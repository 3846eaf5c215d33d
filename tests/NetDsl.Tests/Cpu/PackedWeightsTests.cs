using NetDsl.Cpu;
using NetDsl.Engines;
using Xunit;

namespace NetDsl.Tests.Cpu;

/// <summary>Weights that are packed once give the bits of weights that every call packs, and follow every change.</summary>
[Collection(MicroKernelTests.Name)]
public class PackedWeightsTests
{
    [Theory]
    [InlineData(13, 1, 7, 3)]
    [InlineData(40, 1, 300, 37)]
    [InlineData(150, 1, 784, 128)]
    [InlineData(5, 9, 1, 1)]
    [InlineData(3, 31, 513, 16)]
    public void A_product_has_the_same_bits(int batch, int rows, int k, int n) => Frames.WithEveryKernel(() =>
    {
        using FloatArena weights = Weights(k * n);
        Same(weights, batch, rows * k, rows * n, MatMul.ForwardScratch(batch, rows, k, n, 2), (in CpuFrame f, BatchView x, BatchView y) =>
            MatMul.Forward(in f, x, weights.Floats, y, rows, k, n, transposeW: false, default(PlaceEpilogue)));
    });

    [Theory]
    [InlineData(1, 3, 1, 32)]
    [InlineData(4, 3, 5, 17)]
    [InlineData(2, 5, 64, 40)]
    [InlineData(3, 1, 6, 9)]
    public void A_convolution_has_the_same_bits(int batch, int window, int channels, int filters) => Frames.WithEveryKernel(() =>
    {
        int pad = window / 2;
        Conv2DGeometry g = new(11, 13, channels, window, window, filters, 11, 13, 1, 1, 1, 1, pad, pad);
        using FloatArena weights = Weights(window * window * channels * filters);
        Same(weights, batch, 11 * 13 * channels, 11 * 13 * filters, Conv2D.ForwardScratch(batch, in g, 2), (in CpuFrame f, BatchView x, BatchView y) =>
            Conv2D.Forward(in f, x, weights.Floats, y, in g, default(PlaceEpilogue)));
    });

    [Fact]
    public void What_was_packed_is_kept_until_it_is_said_to_have_changed()
    {
        const int Batch = 64, K = 20, N = 24;
        using FloatArena weights = Weights(K * N);
        using PackedWeights packed = new(weights);
        using WorkerTeam team = new(1);
        using Memory x = new(Batch * K, 1), y = new(Batch * N), scratch = new(MatMul.ForwardScratch(Batch, 1, K, N, 1), 1);
        CpuFrame f = Frames.Frame(Batch, team, scratch) with { Packed = packed };
        float[] first = Run();
        weights.Span(0, K * N).Clear();
        Assert.Equal(first, Run());
        packed.Invalidate();
        Assert.Equal(new float[Batch * N], Run());

        float[] Run()
        {
            MatMul.Forward(in f, x.View(K), weights.Floats, y.View(N), 1, K, N, transposeW: false, default(NoEpilogue));
            return y.Span.ToArray();
        }
    }

    [Fact]
    public void A_tensor_that_two_products_read_in_two_shapes_is_kept_for_the_first()
    {
        const int Batch = 64, First = 20, Second = 40, Elements = 480;
        using FloatArena weights = Weights(Elements);
        using PackedWeights packed = new(weights);
        using WorkerTeam team = new(1);
        foreach (int k in (int[])[First, Second, First])
        {
            int n = Elements / k;
            using Memory x = new(Batch * k, 1), y = new(Batch * n), expected = new(Batch * n), scratch = new(MatMul.ForwardScratch(Batch, 1, k, n, 1), 1);
            CpuFrame f = Frames.Frame(Batch, team, scratch);
            MatMul.Forward(in f, x.View(k), weights.Floats, expected.View(n), 1, k, n, transposeW: false, default(NoEpilogue));
            f = f with { Packed = packed };
            MatMul.Forward(in f, x.View(k), weights.Floats, y.View(n), 1, k, n, transposeW: false, default(NoEpilogue));
            Frames.SameBits(expected.Span, y.Span);
        }
    }

    private delegate void Product(in CpuFrame f, BatchView x, BatchView y);

    /// <summary>Runs a product without packed weights, with those it packs, and with those it finds packed.</summary>
    private static void Same(FloatArena weights, int batch, int inputs, int outputs, WorkingMemory need, Product run)
    {
        using PackedWeights packed = new(weights);
        using WorkerTeam team = new(2);
        using Memory x = new(batch * inputs, 1), expected = new(batch * outputs), y = new(batch * outputs), scratch = new(need, 2);
        CpuFrame f = Frames.Frame(batch, team, scratch);
        run(in f, x.View(inputs), expected.View(outputs));
        f = f with { Packed = packed };
        for (int round = 0; round < 2; round++)
        {
            y.Span.Clear();
            run(in f, x.View(inputs), y.View(outputs));
            Frames.SameBits(expected.Span, y.Span);
        }
    }

    private static FloatArena Weights(int count)
    {
        FloatArena arena = new(count);
        Generated.Samples.Numbers(count, 3).CopyTo(arena.Span(0, count));
        return arena;
    }
}
