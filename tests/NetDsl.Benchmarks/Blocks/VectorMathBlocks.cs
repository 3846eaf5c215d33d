using System.Numerics;
using BenchmarkDotNet.Attributes;
using NetDsl.Cpu;

namespace NetDsl.Benchmarks.Blocks;

/// <summary>Elementary functions over 4,096 numbers, which lie in the first-level cache.</summary>
public class VectorMathBlocks
{
    private const int Count = 4096;
    private readonly float[] _x = new float[Count], _y = new float[Count];

    /// <summary>Makes the arguments.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        Random random = new(1);
        foreach (ref float x in _x.AsSpan()) x = (random.NextSingle() * 10) - 5;
    }

    /// <summary>e to the x.</summary>
    [Benchmark(Baseline = true)]
    public void Exp()
    {
        for (int i = 0; i < Count; i += Vector<float>.Count) VectorMath.Exp(new Vector<float>(_x, i)).CopyTo(_y, i);
    }

    /// <summary>Hyperbolic tangent.</summary>
    [Benchmark]
    public void Tanh()
    {
        for (int i = 0; i < Count; i += Vector<float>.Count) VectorMath.Tanh(new Vector<float>(_x, i)).CopyTo(_y, i);
    }

    /// <summary>Logistic function.</summary>
    [Benchmark]
    public void Sigmoid()
    {
        for (int i = 0; i < Count; i += Vector<float>.Count) VectorMath.Sigmoid(new Vector<float>(_x, i)).CopyTo(_y, i);
    }

    /// <summary>Error function.</summary>
    [Benchmark]
    public void GELU()
    {
        for (int i = 0; i < Count; i += Vector<float>.Count) VectorMath.GELU(new Vector<float>(_x, i)).CopyTo(_y, i);
    }
}
