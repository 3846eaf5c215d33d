using BenchmarkDotNet.Attributes;
using NetDsl.Cpu;

namespace NetDsl.Benchmarks.Blocks;

/// <summary>3 x 3 convolutions of 32 images to 32 filters: a first layer of one or three channels, and one in the middle of a network.</summary>
public class Conv2DBlocks : Block
{
    private const int Batch = 32, Side = 28, Filters = 32, Kernel = 3, Out = Side - Kernel + 1;
    private Conv2DGeometry _geometry;
    private Pool2DGeometry _pool;
    private BatchView _x, _y, _pooled;
    private Floats _w, _gradient;

    /// <summary>Channels of the image.</summary>
    [Params(1, 3, 32)]
    public int Channels { get; set; }

    /// <summary>Makes the operands.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _geometry = new Conv2DGeometry(Side, Side, Channels, Kernel, Kernel, Filters, Out, Out, 1, 1, 1, 1, 0, 0);
        _pool = new Pool2DGeometry(Out, Out, Filters, Out / 2, Out / 2, 2, 2, 2, 2, 1, 1, 0, 0);
        Prepare(
            Batch,
            Conv2D.ForwardScratch(Batch, in _geometry, Threads), Conv2D.ForwardMaxPoolScratch(Batch, in _geometry, in _pool, Threads),
            Conv2D.FilterGradientScratch(Batch, in _geometry), Conv2D.InputGradientScratch(Batch, in _geometry, Threads));
        int image = Side * Side * Channels, result = Out * Out * Filters, window = Kernel * Kernel * Channels * Filters;
        (_x, _y, _pooled) = (new BatchView(Numbers(Batch * image), image), new BatchView(Numbers(Batch * result), result), new BatchView(Numbers(Batch * result / 4), result / 4));
        (_w, _gradient) = (Numbers(window), Numbers(window));
    }

    /// <summary>The convolution.</summary>
    [Benchmark(Baseline = true)]
    public void Forward() => Conv2D.Forward(Frame, _x, _w, _y, in _geometry, default(NoEpilogue));

    /// <summary>The convolution with a pooling of 2 x 2, as predictions have it.</summary>
    [Benchmark]
    public void ForwardMaxPool() => Conv2D.ForwardMaxPool(Frame, _x, _w, _pooled, in _geometry, in _pool, default(NoEpilogue));

    /// <summary>Its gradient by the filters.</summary>
    [Benchmark]
    public void FilterGradient() => Conv2D.FilterGradient(Frame, _x, _y, _gradient, in _geometry, default(NoEpilogue));

    /// <summary>Its gradient by the image.</summary>
    [Benchmark]
    public void InputGradient() => Conv2D.InputGradient(Frame, _y, _w, _x, in _geometry, default(NoEpilogue));
}
