namespace NetDsl.Cpu;

/// <summary>
/// Matrix products. Every output element is one chain of fused multiply-adds over k in ascending order, whatever the batch,
/// the tile it lies in and the number of threads.
/// </summary>
public static class MatMul
{
    /// <summary>y[r, n] = sum over k of x[r, k] * w[k, n] for every row r of every sample.</summary>
    /// <param name="f">The run.</param>
    /// <param name="x">rowsPerSample x k a sample.</param>
    /// <param name="w">k x n, or n x k where <paramref name="transposeW"/> is set.</param>
    /// <param name="y">rowsPerSample x n a sample.</param>
    /// <param name="rowsPerSample">Rows a sample.</param>
    /// <param name="k">Elements of a row of x.</param>
    /// <param name="n">Elements of a row of y.</param>
    /// <param name="transposeW">Whether w is n x k: y[r, n] = sum over k of x[r, k] * w[n, k].</param>
    /// <param name="epilogue">What is done to each finished row before it is stored.</param>
    public static void Forward<TE>(
        in CpuFrame f, BatchView x, Floats w, BatchView y, int rowsPerSample, int k, int n, bool transposeW, in TE epilogue)
        where TE : struct, IEpilogue
    {
        int rows = f.Batch * rowsPerSample;
        f.Team.Run(new ForwardKernel<TE>(x, w, y, f.Scratch, rowsPerSample, k, n, transposeW, epilogue), rows);
    }

    /// <summary>dw[m, n] = sum over all rows r of x[r, m] * dy[r, n].</summary>
    /// <param name="f">The run.</param>
    /// <param name="x">rowsPerSample x m a sample.</param>
    /// <param name="dy">rowsPerSample x n a sample.</param>
    /// <param name="dw">m x n.</param>
    /// <param name="rowsPerSample">Rows a sample.</param>
    /// <param name="m">Elements of a row of x.</param>
    /// <param name="n">Elements of a row of dy.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored; its sample is 0, its row an index of m.</param>
    public static void WeightGradient<TE>(
        in CpuFrame f, BatchView x, BatchView dy, Floats dw, int rowsPerSample, int m, int n, in TE epilogue)
        where TE : struct, IEpilogue =>
        f.Team.Run(new WeightGradientKernel<TE>(x, dy, dw, f.Scratch, f.Batch, rowsPerSample, m, n, epilogue), m);

    /// <summary>Floats of <see cref="CpuFrame.Scratch"/> that <see cref="Forward"/> uses.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="rowsPerSample">Rows a sample.</param>
    /// <param name="k">Elements of a row of x.</param>
    /// <param name="n">Elements of a row of y.</param>
    /// <param name="threads">Workers.</param>
    public static long ForwardScratch(int batch, int rowsPerSample, int k, int n, int threads) => (long)threads * n;

    /// <summary>Floats of <see cref="CpuFrame.Scratch"/> that <see cref="WeightGradient"/> uses.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="rowsPerSample">Rows a sample.</param>
    /// <param name="m">Elements of a row of x.</param>
    /// <param name="n">Elements of a row of dy.</param>
    /// <param name="threads">Workers.</param>
    public static long WeightGradientScratch(int batch, int rowsPerSample, int m, int n, int threads) => (long)threads * n;

    private readonly struct ForwardKernel<TE>(
        BatchView x, Floats w, BatchView y, Floats scratch, int rowsPerSample, int k, int n, bool transposeW, TE epilogue)
        : IKernel
        where TE : struct, IEpilogue
    {
        public void Run(int part, int worker)
        {
            (int sample, int row) = Math.DivRem(part, rowsPerSample);
            Floats a = x[sample] + ((nint)row * k), sum = scratch + ((nint)worker * n);
            sum.AsSpan(n).Clear();
            for (int i = 0; i < k; i++)
                for (int j = 0; j < n; j++)
                    sum[j] = float.FusedMultiplyAdd(a[i], transposeW ? w[((nint)j * k) + i] : w[((nint)i * n) + j], sum[j]);
            epilogue.Store(sum, y[sample] + ((nint)row * n), sample, row, 0, n);
        }
    }

    private readonly struct WeightGradientKernel<TE>(
        BatchView x, BatchView dy, Floats dw, Floats scratch, int batch, int rowsPerSample, int m, int n, TE epilogue)
        : IKernel
        where TE : struct, IEpilogue
    {
        public void Run(int part, int worker)
        {
            Floats sum = scratch + ((nint)worker * n);
            sum.AsSpan(n).Clear();
            for (int sample = 0; sample < batch; sample++)
                for (int row = 0; row < rowsPerSample; row++)
                    for (int j = 0; j < n; j++)
                        sum[j] = float.FusedMultiplyAdd(x[sample][((nint)row * m) + part], dy[sample][((nint)row * n) + j], sum[j]);
            epilogue.Store(sum, dw + ((nint)part * n), 0, part, 0, n);
        }
    }
}
