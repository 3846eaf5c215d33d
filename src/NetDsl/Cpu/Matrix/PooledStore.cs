using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// The rows of a group are a row of a convolution's outputs. They go through the epilogue where they lie, in the first-level
/// cache, and into the pooled output, which gathers a window's rows one after the other. No two windows share a row.
/// </summary>
/// <param name="y">The pooled output.</param>
/// <param name="pool">The pooling.</param>
/// <param name="epilogue">What is done to the convolution before.</param>
internal readonly unsafe struct PooledStore<TReducer, TE>(BatchView y, Pool2DGeometry pool, TE epilogue) : IProductStore
    where TReducer : struct, IPoolReducer
    where TE : struct, IEpilogue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* sums, int sumStep, int rows, int sample, int row, int step, int sampleRows, int column, int count)
    {
        (int pooledRow, int inWindow) = Math.DivRem(row / pool.W, pool.StrideH);
        if (inWindow >= pool.KernelH || pooledRow >= pool.OH) return;
        bool last = inWindow == pool.KernelH - 1;
        float scale = last ? TReducer.Scale(pool.KernelH * pool.KernelW) : 1f;
        Floats output = y[sample] + (((nint)pooledRow * pool.OW * pool.C) + column);
        for (int ow = 0; ow < pool.OW; ow++, output += pool.C)
        {
            Floats window = new(sums + (nint)(ow * pool.StrideW * sumStep));
            for (int kw = 0; kw < pool.KernelW; kw++)
            {
                Floats place = window + (nint)(kw * sumStep);
                epilogue.Store(place, place, sample, row + (ow * pool.StrideW) + kw, column, count);
            }

            int c = 0;
            for (; c <= count - Vector<float>.Count; c += Vector<float>.Count)
            {
                Vector<float> state = TReducer.Add(inWindow == 0 ? TReducer.Start : output.Load(c), window.Load(c));
                if (pool.KernelW > 1) state = TReducer.Add(state, window.Load((nint)sumStep + c));
                for (int kw = 2; kw < pool.KernelW; kw++) state = TReducer.Add(state, window.Load((nint)(kw * sumStep) + c));
                output.Store(c, state * scale);
            }

            for (; c < count; c++)
            {
                float state = inWindow == 0 ? TReducer.ScalarStart : output[c];
                for (int kw = 0; kw < pool.KernelW; kw++) state = TReducer.Add(state, window[(nint)(kw * sumStep) + c]);
                output[c] = state * scale;
            }
        }
    }
}
