using BenchmarkDotNet.Attributes;
using NetDsl.Cpu;

namespace NetDsl.Benchmarks.Blocks;

/// <summary>Matrix products of a batch of 32 rows: forward, gradient by the weights, gradient by the input.</summary>
public class MatMulBlocks : Block
{
    private const int Batch = 32;
    private BatchView _x, _y;
    private Floats _w, _gradient;

    /// <summary>Elements of a row of the left operand.</summary>
    [Params(64, 784)]
    public int K { get; set; }

    /// <summary>Columns: one, few, many.</summary>
    [Params(1, 10, 128)]
    public int N { get; set; }

    /// <summary>Makes the operands.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        Prepare(Batch, MatMul.ForwardScratch(Batch, 1, K, N, Threads), MatMul.ForwardScratch(Batch, 1, N, K, Threads), MatMul.WeightGradientScratch(Batch, 1, K, N));
        (_x, _y) = (new BatchView(Numbers(Batch * K), K), new BatchView(Numbers(Batch * N), N));
        (_w, _gradient) = (Numbers(K * N), Numbers(K * N));
    }

    /// <summary>y = x w.</summary>
    [Benchmark(Baseline = true)]
    public void Forward() => MatMul.Forward(Frame, _x, _w, _y, 1, K, N, false, default(NoEpilogue));

    /// <summary>dw = x^T dy.</summary>
    [Benchmark]
    public void WeightGradient() => MatMul.WeightGradient(Frame, _x, _y, _gradient, 1, K, N, default(NoEpilogue));

    /// <summary>dx = dy w^T.</summary>
    [Benchmark]
    public void InputGradient() => MatMul.Forward(Frame, _y, _w, _x, 1, N, K, true, default(NoEpilogue));
}
