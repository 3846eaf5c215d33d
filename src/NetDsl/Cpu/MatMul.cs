using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// Matrix products. Every output element is one chain of fused multiply-adds over k in ascending order (with one column, partial sums
/// in an order that follows from k), whatever the batch, the tile it lies in and the number of threads.
/// </summary>
public static unsafe class MatMul
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
    /// <param name="ahead">A tensor of the result's shape that the epilogue reads, which is fetched while the product is computed; none by default.</param>
    public static void Forward<TE>(
        in CpuFrame f, BatchView x, Floats w, BatchView y, int rowsPerSample, int k, int n, bool transposeW, in TE epilogue, BatchView ahead = default)
        where TE : struct, IEpilogue
    {
        if (f.Batch == 0) return;

        if (n == 1)
        {
            RowDots<TE>.Run(in f, x, w, y, rowsPerSample, k, in epilogue);
            return;
        }

        // A right operand of one row lies in memory as one of one column does.
        if ((!transposeW || k == 1) && SmallProduct.Fits((long)f.Batch * rowsPerSample, k, n))
        {
            SmallProduct.Run(f.Batch, x, w, y, rowsPerSample, k, n, in epilogue);
            return;
        }

        Planned(in f, x, w, y, rowsPerSample, k, n, transposeW, in epilogue, ahead);
    }

    /// <summary>A method of its own: plan and kernels are large, and a method clears the memory for all of its locals when it is entered.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Planned<TE>(
        in CpuFrame f, BatchView x, Floats w, BatchView y, int rowsPerSample, int k, int n, bool transposeW, in TE epilogue, BatchView ahead)
        where TE : struct, IEpilogue
    {
        MatMulShape shape = new(f.Batch, rowsPerSample, n, MatMulShape.IsEven(x, rowsPerSample, k));
        ProductPlan plan = new(shape.Groups, shape.GroupRows, 1, k, n, !transposeW, f.Team.Count, rowsPerSample == 1 ? x.Stride : k);
        MatMulRows rows = new(x, f.Batch, rowsPerSample, k, in shape, plan.RowParts);
        RowStore<TE> store = new(y, n, epilogue);
        if (transposeW) Product(in f, rows, new TransposedColumns(w.Pointer, k), store, in plan, ahead);
        else Product(in f, rows, PlainColumns.Of(in f, w, 1, k, n, in plan), store, in plan, ahead);
    }

    /// <summary>y = the sum over i of x[i] w[i]ᵀ, as one product whose summed axis goes over all of them.</summary>
    /// <param name="f">The run.</param>
    /// <param name="x">At least one of rowsPerSample x k a sample.</param>
    /// <param name="w">As many of n x k.</param>
    /// <param name="y">rowsPerSample x n a sample; not the memory of an operand.</param>
    /// <param name="rowsPerSample">Rows a sample.</param>
    /// <param name="k">Elements of a row of x.</param>
    /// <param name="n">Elements of a row of y.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored.</param>
    public static void ForwardSum<TE>(
        in CpuFrame f, ReadOnlySpan<BatchView> x, ReadOnlySpan<Floats> w, BatchView y, int rowsPerSample, int k, int n, in TE epilogue)
        where TE : struct, IEpilogue
    {
        if (f.Batch == 0) return;
        bool even = true;
        foreach (BatchView matrix in x) even &= MatMulShape.IsEven(matrix, rowsPerSample, k) && matrix.Stride == x[0].Stride;
        MatMulShape shape = new(f.Batch, rowsPerSample, n, even);
        ProductPlan plan = new(shape.Groups, shape.GroupRows, x.Length, k, n, rowsInPlace: false, f.Team.Count);

        // The other threads read both while this method waits for them.
        BatchView* matrices = stackalloc BatchView[x.Length];
        float** weights = stackalloc float*[w.Length];
        x.CopyTo(new Span<BatchView>(matrices, x.Length));
        for (int i = 0; i < w.Length; i++) weights[i] = w[i].Pointer;
        SumRows rows = new(new MatMulRows(x[0], f.Batch, rowsPerSample, k, in shape, plan.RowParts), matrices, x.Length, even);
        Product(in f, rows, new SumColumns(weights, k), new RowStore<TE>(y, n, epilogue), in plan);
    }

    private static void Product<TRows, TColumns, TE>(in CpuFrame f, TRows rows, TColumns columns, RowStore<TE> store, in ProductPlan plan, BatchView ahead = default)
        where TRows : struct, IProductRows
        where TColumns : struct, IProductColumns
        where TE : struct, IEpilogue
    {
        float* packed = columns.Packed;
        if (packed is null && plan.PackedFloats > 0) packed = PackKernel<TColumns>.Run(in f, in columns, in plan, f.Shared.Pointer);
        f.Team.Run(
            new ProductKernel<TRows, TColumns, RowStore<TE>>(rows, columns, store, plan, f.Workers, packed, ahead),
            plan.RowParts * plan.ColumnParts);
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
        where TE : struct, IEpilogue => Gradient(in f, x, dy, dw, default, rowsPerSample, m, n, in epilogue);

    /// <summary>The gradients of a layer x w + b: dw[m, n] = sum over all rows r of x[r, m] * dy[r, n], and db[n] = sum over all rows r of dy[r, n].</summary>
    /// <param name="f">The run.</param>
    /// <param name="x">rowsPerSample x m a sample.</param>
    /// <param name="dy">rowsPerSample x n a sample.</param>
    /// <param name="dw">m x n.</param>
    /// <param name="db">n.</param>
    /// <param name="rowsPerSample">Rows a sample.</param>
    /// <param name="m">Elements of a row of x.</param>
    /// <param name="n">Elements of a row of dy.</param>
    public static void WeightAndBiasGradient(in CpuFrame f, BatchView x, BatchView dy, Floats dw, Floats db, int rowsPerSample, int m, int n) =>
        Gradient(in f, x, dy, dw, db, rowsPerSample, m, n, default(NoEpilogue));

    private static void Gradient<TE>(
        in CpuFrame f, BatchView x, BatchView dy, Floats dw, Floats db, int rowsPerSample, int m, int n, in TE epilogue)
        where TE : struct, IEpilogue
    {
        bool even = MatMulShape.IsEven(x, rowsPerSample, m) && MatMulShape.IsEven(dy, rowsPerSample, n);
        if (even && SmallProduct.Fits((long)f.Batch * rowsPerSample, m, n))
        {
            nint dyStep = rowsPerSample == 1 ? dy.Stride : n;
            int rows = f.Batch * rowsPerSample;
            SmallProduct.Gradient(x.Data, rowsPerSample == 1 ? x.Stride : m, dy.Data, dyStep, rows, dw, m, n, in epilogue);
            if (db.Pointer is not null) ColumnSums.Run(dy.Data.Pointer, dyStep, rows, n, db.Pointer, accumulate: false);
            return;
        }

        PlannedGradient(in f, x, dy, dw, db, rowsPerSample, m, n, even, in epilogue);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PlannedGradient<TE>(
        in CpuFrame f, BatchView x, BatchView dy, Floats dw, Floats db, int rowsPerSample, int m, int n, bool even, in TE epilogue)
        where TE : struct, IEpilogue
    {
        MatMulStrips strips = new(x, dy, f.Batch, rowsPerSample, m, n, even);
        GradientPlan plan = WeightGradientPlan(f.Batch, rowsPerSample, m, n, even, strips.PositionStep, f.Team.Count);
        GradientKernel<MatMulStrips, TE>.Run(in f, strips, dw, db, in epilogue, in plan);
    }

    // A distance between rows at which a product copies them: the most memory.
    private const int CrowdingStep = 1024;

    /// <summary>Working memory that <see cref="Forward"/> uses.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="rowsPerSample">Rows a sample.</param>
    /// <param name="k">Elements of a row of x.</param>
    /// <param name="n">Elements of a row of y.</param>
    /// <param name="threads">Workers.</param>
    public static WorkingMemory ForwardScratch(int batch, int rowsPerSample, int k, int n, int threads)
    {
        // Whether rows lie at one distance and which way the weights lie is not known here: the most that any case needs.
        WorkingMemory most = default;
        foreach (bool even in (ReadOnlySpan<bool>)[true, false])
            foreach (bool inPlace in (ReadOnlySpan<bool>)[true, false])
            {
                MatMulShape shape = new(Math.Max(1, batch), rowsPerSample, n, even);
                ProductPlan plan = new(shape.Groups, shape.GroupRows, 1, k, n, inPlace, threads, CrowdingStep);
                most = WorkingMemory.Max(most, new(shared: plan.PackedFloats, worker: plan.WorkerFloats));
            }

        return most;
    }

    /// <summary>Working memory that <see cref="ForwardSum"/> uses.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="terms">Products that are added.</param>
    /// <param name="rowsPerSample">Rows a sample.</param>
    /// <param name="k">Elements of a row of x.</param>
    /// <param name="n">Elements of a row of y.</param>
    /// <param name="threads">Workers.</param>
    public static WorkingMemory ForwardSumScratch(int batch, int terms, int rowsPerSample, int k, int n, int threads)
    {
        WorkingMemory most = default;
        foreach (bool even in (ReadOnlySpan<bool>)[true, false])
        {
            MatMulShape shape = new(Math.Max(1, batch), rowsPerSample, n, even);
            ProductPlan plan = new(shape.Groups, shape.GroupRows, terms, k, n, rowsInPlace: false, threads);
            most = WorkingMemory.Max(most, new(shared: plan.PackedFloats, worker: plan.WorkerFloats));
        }

        return most;
    }

    /// <summary>Working memory that <see cref="WeightGradient"/> uses.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="rowsPerSample">Rows a sample.</param>
    /// <param name="m">Elements of a row of x.</param>
    /// <param name="n">Elements of a row of dy.</param>
    public static WorkingMemory WeightGradientScratch(int batch, int rowsPerSample, int m, int n) => WorkingMemory.Max(
        WeightGradientPlan(batch, rowsPerSample, m, n, even: true, positionStep: 0, threads: 1).Scratch(0),
        WeightGradientPlan(batch, rowsPerSample, m, n, even: false, positionStep: 0, threads: 1).Scratch(0));

    private static GradientPlan WeightGradientPlan(int batch, int rowsPerSample, int m, int n, bool even, nint positionStep, int threads) => new(
        1, m, n, MatMulStrips.StripCount(batch, rowsPerSample, even), (long)batch * rowsPerSample, MatMulStrips.MaxRows(batch, rowsPerSample, even), positionStep, threads);
}
