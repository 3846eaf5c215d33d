using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

[Collection(MicroKernelTests.Name)]
public class MatMulTests
{
    public static TheoryData<int, int, int, int> Shapes => new()
    {
        { 1, 1, 1, 1 }, { 1, 1, 7, 10 }, { 2, 1, 13, 1 }, { 3, 1, 5, 8 }, { 5, 1, 16, 16 }, { 7, 1, 31, 17 }, { 13, 1, 784, 10 }, { 1, 1, 784, 130 },
        { 32, 1, 129, 33 }, { 64, 1, 10, 128 }, { 3, 5, 7, 11 }, { 2, 19, 24, 9 }, { 1, 40, 3, 5 }, { 4, 1, 1100, 67 }, { 200, 2, 37, 40 }, { 300, 1, 128, 32 }, { 40, 7, 64, 64 }, { 2, 1, 0, 5 },
        { 1, 1, 10, 50 }, { 32, 1, 10, 50 }, { 19, 1, 50, 1 }, { 9, 3, 20, 1 }, { 6, 2, 11, 41 }, { 30, 1, 1, 65 }, { 40, 1, 1100, 64 }, { 30, 3, 500, 128 }, { 50, 1, 2100, 24 },
        { 700, 1, 37, 40 }, { 310, 2, 300, 75 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ForwardIsTheProduct(int batch, int rows, int k, int n) => Frames.WithEveryKernel(() =>
    {
        foreach (bool transpose in (bool[])[false, true])
            foreach (int gap in (int[])[0, 3])
            {
                using WorkerTeam team = new(2);
                int xStride = (rows * k) + gap, yStride = (rows * n) + gap;
                using Memory x = new((batch * xStride) + 1, 1), w = new((k * n) + 1, 2), y = new(batch * yStride);
                using Memory scratch = new(MatMul.ForwardScratch(batch, rows, k, n, team.Count), team.Count);
                MatMul.Forward(Frames.Frame(batch, team, scratch), x.View(xStride), w.Floats, y.View(yStride), rows, k, n, transpose, default(PlaceEpilogue));
                for (int sample = 0; sample < batch; sample++)
                {
                    double[] expected = new double[rows * n];
                    for (int r = 0; r < rows; r++)
                        for (int j = 0; j < n; j++)
                        {
                            double sum = PlaceEpilogue.At(sample, r, j);
                            for (int i = 0; i < k; i++) sum += (double)x[(sample * xStride) + (r * k) + i] * w[transpose ? (j * k) + i : (i * n) + j];
                            expected[(r * n) + j] = sum;
                        }

                    Frames.Near(expected, y.Span.Slice(sample * yStride, rows * n), k);
                    for (int i = rows * n; i < yStride; i++) Assert.Equal(float.NaN, y[(sample * yStride) + i]);
                }
            }
    });

    /// <summary>Whatever it is, wherever it ends.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void FetchingAnOperandAheadChangesNothing(int batch, int rows, int k, int n) => Frames.WithEveryKernel(() =>
    {
        foreach (bool transpose in (bool[])[false, true])
            foreach (int gap in (int[])[0, 3])
            {
                using WorkerTeam team = new(2);
                using Memory x = new((batch * rows * k) + 1, 1), w = new((k * n) + 1, 2), y = new(batch * rows * n), again = new(batch * rows * n), ahead = new((batch * rows * n) + (batch * gap), 3);
                using Memory scratch = new(MatMul.ForwardScratch(batch, rows, k, n, team.Count), team.Count);
                CpuFrame f = Frames.Frame(batch, team, scratch);
                MatMul.Forward(in f, x.View(rows * k), w.Floats, y.View(rows * n), rows, k, n, transpose, default(PlaceEpilogue));
                MatMul.Forward(in f, x.View(rows * k), w.Floats, again.View(rows * n), rows, k, n, transpose, default(PlaceEpilogue), ahead.View((rows * n) + gap));
                Frames.SameBits(y.Span, again.Span);
            }
    });

    /// <summary>Of one, two and four products; the samples of the left operands lie at one distance, at one with a gap, and at different ones.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void ForwardSumIsTheSumOfTheProducts(int batch, int rows, int k, int n) => Frames.WithEveryKernel(() =>
    {
        foreach (int terms in (int[])[1, 2, 4])
            foreach ((int gap, int further) in ((int, int)[])[(0, 0), (3, 0), (0, 5)])
            {
                using WorkerTeam team = new(2);
                int Stride(int term) => (rows * k) + gap + (term == 1 ? further : 0);
                Memory[] x = [.. Enumerable.Range(0, terms).Select(i => new Memory((batch * Stride(i)) + 1, i + 1))], w = [.. Enumerable.Range(0, terms).Select(i => new Memory((k * n) + 1, 10 + i))];
                using (Memory y = new(batch * rows * n), scratch = new(MatMul.ForwardSumScratch(batch, terms, rows, k, n, team.Count), team.Count))
                {
                    MatMul.ForwardSum(
                        Frames.Frame(batch, team, scratch), [.. x.Select((m, i) => m.View(Stride(i)))], [.. w.Select(m => m.Floats)], y.View(rows * n), rows, k, n, default(PlaceEpilogue));
                    double[] expected = new double[batch * rows * n];
                    for (int sample = 0; sample < batch; sample++)
                        for (int r = 0; r < rows; r++)
                            for (int j = 0; j < n; j++)
                            {
                                double sum = PlaceEpilogue.At(sample, r, j);
                                for (int term = 0; term < terms; term++)
                                    for (int i = 0; i < k; i++) sum += (double)x[term][(sample * Stride(term)) + (r * k) + i] * w[term][(j * k) + i];
                                expected[(((sample * rows) + r) * n) + j] = sum;
                            }

                    Frames.Near(expected, y.Span, k * terms);
                }

                foreach (Memory memory in x.Concat(w)) memory.Dispose();
            }
    });

    [Theory]
    [MemberData(nameof(Shapes))]
    public void WeightGradientIsTheProductOverAllRows(int batch, int rows, int m, int n) => Frames.WithEveryKernel(() =>
    {
        foreach (int gap in (int[])[0, 3])
        {
            if (m == 0) return;
            using WorkerTeam team = new(2);
            int xStride = (rows * m) + gap, dyStride = (rows * n) + gap;
            using Memory x = new(batch * xStride, 1), dy = new(batch * dyStride, 2), dw = new(m * n);
            using Memory scratch = new(MatMul.WeightGradientScratch(batch, rows, m, n), team.Count);
            MatMul.WeightGradient(Frames.Frame(batch, team, scratch), x.View(xStride), dy.View(dyStride), dw.Floats, rows, m, n, default(PlaceEpilogue));
            double[] expected = new double[m * n];
            for (int i = 0; i < m; i++)
                for (int j = 0; j < n; j++)
                {
                    double sum = PlaceEpilogue.At(0, i, j);
                    for (int sample = 0; sample < batch; sample++)
                        for (int r = 0; r < rows; r++) sum += (double)x[(sample * xStride) + (r * m) + i] * dy[(sample * dyStride) + (r * n) + j];
                    expected[(i * n) + j] = sum;
                }

            Frames.Near(expected, dw.Span, batch * rows);
        }
    });

    /// <summary>A program has the most that any of its kernels needs of each kind of working memory: with more of each than is needed the results are the same.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void MoreWorkingMemoryThanIsNeededChangesNothing(int batch, int rows, int k, int n) => Frames.WithEveryKernel(() =>
    {
        const int Threads = 2;
        if (k == 0) return;
        using WorkerTeam team = new(Threads);
        using Memory x = new(batch * rows * k, 1), w = new(k * n, 2), y = new(batch * rows * n), dw = new(k * n), db = new(n);
        WorkingMemory need = WorkingMemory.Max(MatMul.ForwardScratch(batch, rows, k, n, Threads), MatMul.WeightGradientScratch(batch, rows, k, n));
        using Memory scratch = new(need, Threads), larger = new(new WorkingMemory(need.Shared + 100, need.Partials + 1000, need.Worker + 10), Threads);
        List<float[]> first = Results(Frames.Frame(batch, team, scratch)), second = Results(Frames.Frame(batch, team, larger));
        for (int i = 0; i < first.Count; i++) Frames.SameBits(first[i], second[i]);

        List<float[]> Results(CpuFrame frame)
        {
            MatMul.Forward(in frame, x.View(rows * k), w.Floats, y.View(rows * n), rows, k, n, false, default(NoEpilogue));
            MatMul.WeightAndBiasGradient(in frame, x.View(rows * k), y.View(rows * n), dw.Floats, db.Floats, rows, k, n);
            return [y.ToArray(), dw.ToArray(), db.ToArray()];
        }
    });

    /// <summary>A thread that computed its half of the rows then reads them again, not some of another's.</summary>
    [Theory]
    [InlineData(257)]
    [InlineData(768)]
    [InlineData(1280)]
    [InlineData(5000)]
    public void TheChunksOfAWeightGradientAreEqualSharesOfTheRows(int rows)
    {
        int strips = MatMulStrips.StripCount(rows, 1, even: true);
        GradientPlan plan = new(1, 128, 128, strips, rows, MatMulStrips.MaxRows(rows, 1, even: true), 128, 2);
        Assert.Equal(0, strips % plan.Chunks);
        Assert.InRange(Cut.Ceiling(rows, strips), 1, MatMulStrips.MaxRows(rows, 1, even: true));
        Assert.Equal(rows >= 512, plan.Chunks % 2 == 0);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TheBiasGradientIsTheSumOverAllRows(int batch, int rows, int m, int n) => Frames.WithEveryKernel(() =>
    {
        foreach (int gap in (int[])[0, 3])
        {
            if (m == 0) return;
            float[]? first = null;
            foreach (int threads in (int[])[1, 2, 3])
            {
                using WorkerTeam team = new(threads);
                int xStride = (rows * m) + gap, dyStride = (rows * n) + gap;
                using Memory x = new(batch * xStride, 1), dy = new(batch * dyStride, 2), dw = new(m * n), alone = new(m * n), db = new(n + 64);
                using Memory scratch = new(MatMul.WeightGradientScratch(batch, rows, m, n), threads);
                CpuFrame frame = Frames.Frame(batch, team, scratch);
                MatMul.WeightAndBiasGradient(in frame, x.View(xStride), dy.View(dyStride), dw.Floats, db.Floats, rows, m, n);
                MatMul.WeightGradient(in frame, x.View(xStride), dy.View(dyStride), alone.Floats, rows, m, n, default(NoEpilogue));
                double[] expected = new double[n];
                for (int j = 0; j < n; j++)
                    for (int sample = 0; sample < batch; sample++)
                        for (int r = 0; r < rows; r++) expected[j] += dy[(sample * dyStride) + (r * n) + j];

                Frames.Near(expected, db.Span[..n], batch * rows);
                for (int i = n; i < n + 64; i++) Assert.Equal(float.NaN, db[i]);
                Frames.SameBits(alone.Span, dw.Span);
                first ??= db.ToArray();
                Frames.SameBits(first, db.Span);
            }
        }
    });

    /// <summary>Without an epilogue sums may be made where they belong; nothing is written behind the last.</summary>
    [Theory]
    [InlineData(5, 40, 64)]
    [InlineData(7, 33, 20)]
    [InlineData(32, 100, 10)]
    [InlineData(300, 13, 32)]
    public void WeightGradientWithoutEpilogueEndsWithItsLastRow(int batch, int m, int n) => Frames.WithEveryKernel(() =>
    {
        const int Behind = 64;
        using WorkerTeam team = new(2);
        using Memory x = new(batch * m, 1), dy = new(batch * n, 2), dw = new((m * n) + Behind);
        using Memory scratch = new(MatMul.WeightGradientScratch(batch, 1, m, n), team.Count);
        MatMul.WeightGradient(Frames.Frame(batch, team, scratch), x.View(m), dy.View(n), dw.Floats, 1, m, n, default(NoEpilogue));
        double[] expected = new double[m * n];
        for (int r = 0; r < batch; r++)
            for (int i = 0; i < m; i++)
                for (int j = 0; j < n; j++) expected[(i * n) + j] += (double)x[(r * m) + i] * dy[(r * n) + j];
        Frames.Near(expected, dw.Span[..(m * n)], batch);
        for (int i = m * n; i < (m * n) + Behind; i++) Assert.Equal(float.NaN, dw[i]);
    });

    [Fact]
    public void WeightGradientOverManyRowsAddsItsChunksInOrder()
    {
        const int Batch = 300, Rows = 9, M = 33, N = 20;
        float[]? first = null;
        foreach (int threads in (int[])[1, 2, 3])
        {
            using WorkerTeam team = new(threads);
            using Memory x = new(Batch * Rows * M, 1), dy = new(Batch * Rows * N, 2), dw = new(M * N);
            using Memory scratch = new(MatMul.WeightGradientScratch(Batch, Rows, M, N), threads);
            MatMul.WeightGradient(Frames.Frame(Batch, team, scratch), x.View(Rows * M), dy.View(Rows * N), dw.Floats, Rows, M, N, default(NoEpilogue));
            first ??= dw.ToArray();
            Frames.SameBits(first, dw.Span);
        }

        double[] expected = new double[M * N];
        using Memory xs = new(Batch * Rows * M, 1), dys = new(Batch * Rows * N, 2);
        for (int r = 0; r < Batch * Rows; r++)
            for (int i = 0; i < M; i++)
                for (int j = 0; j < N; j++) expected[(i * N) + j] += (double)xs[(r * M) + i] * dys[(r * N) + j];
        Frames.Near(expected, first!, Batch * Rows);
    }

    [Theory]
    [InlineData(1, 784, 128, false)]
    [InlineData(1, 784, 10, false)]
    [InlineData(3, 1100, 45, false)]
    [InlineData(1, 600, 70, true)]
    [InlineData(2, 16, 1, false)]
    [InlineData(1, 1000, 1, true)]
    [InlineData(1, 5000, 1, false)]
    [InlineData(1, 1024, 200, false)] // Rows at distances at which they crowd the cache are copied.
    [InlineData(2, 2048, 130, true)]
    [InlineData(3, 5, 9, false)]
    [InlineData(1, 1700, 64, false)] // Short rows are read where they lie, block by block.
    [InlineData(3, 900, 96, false)]
    [InlineData(20, 300, 75, true)] // Panels that many parts read are packed once, before the product.
    [InlineData(20, 90, 140, false)]
    public void ASampleAloneIsTheSameAsInABatchOnAnyNumberOfThreads(int rows, int k, int n, bool transpose) => Frames.WithEveryKernel(() =>
    {
        const int Batch = 37;
        using Memory x = new(Batch * rows * k, 1), w = new(k * n, 2);
        float[] Run(int first, int batch, int threads)
        {
            using WorkerTeam team = new(threads);
            using Memory y = new(batch * rows * n), scratch = new(MatMul.ForwardScratch(batch, rows, k, n, threads), threads);
            BatchView view = new(x.Floats + (first * rows * k), rows * k);
            MatMul.Forward(Frames.Frame(batch, team, scratch), view, w.Floats, y.View(rows * n), rows, k, n, transpose, default(NoEpilogue));
            return y.ToArray();
        }

        float[] all = Run(0, Batch, 1);
        Frames.SameBits(all, Run(0, Batch, 2));
        Frames.SameBits(all, Run(0, Batch, 3));
        foreach (int sample in (int[])[0, 17, 36])
            foreach (int batch in (int[])[1, 2, 5])
                if (sample + batch <= Batch)
                    Frames.SameBits(all.AsSpan(sample * rows * n, batch * rows * n), Run(sample, batch, 2));
    });

    [Theory]
    [InlineData(9, 1300, 21)]
    [InlineData(11, 50, 2)]
    [InlineData(3, 10, 50)]
    [InlineData(2, 9, 130)]
    [InlineData(2, 7, 9)]
    public void AnOutputIsOneChainOfFusedMultiplyAdds(int batch, int k, int n)
    {
        if (!System.Runtime.Intrinsics.X86.Fma.IsSupported && !System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported) return;
        using WorkerTeam team = new(2);
        using Memory x = new(batch * k, 1), w = new(k * n, 2), y = new(batch * n), scratch = new(MatMul.ForwardScratch(batch, 1, k, n, 2), 2);
        MatMul.Forward(Frames.Frame(batch, team, scratch), x.View(k), w.Floats, y.View(n), 1, k, n, false, default(NoEpilogue));
        float[] expected = new float[batch * n];
        for (int r = 0; r < batch; r++)
            for (int j = 0; j < n; j++)
                for (int i = 0; i < k; i++) expected[(r * n) + j] = float.FusedMultiplyAdd(x[(r * k) + i], w[(i * n) + j], expected[(r * n) + j]);
        Frames.SameBits(expected, y.Span);
    }

    /// <summary>Small gradients: both operands may lie against the end of memory that is not theirs to read.</summary>
    [Theory]
    [InlineData(32, 10, 50)]
    [InlineData(32, 50, 1)]
    [InlineData(5, 100, 1)]
    [InlineData(1, 3, 2)]
    [InlineData(7, 1, 9)]
    [InlineData(3, 2, 131)]
    public void ASmallGradientIsOneChainOverTheRowsAndReadsNothingElse(int rows, int m, int n)
    {
        if (!System.Runtime.Intrinsics.X86.Fma.IsSupported && !System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported) return;
        using WorkerTeam team = new(1);
        using GuardedMemory x = new(rows * m, 1), dy = new(rows * n, 2);
        using Memory dw = new(m * n);
        MatMul.WeightGradient(Frames.Frame(rows, team), x.View(m), dy.View(n), dw.Floats, 1, m, n, default(NoEpilogue));
        float[] expected = new float[m * n];
        for (int r = 0; r < rows; r++)
            for (int i = 0; i < m; i++)
                for (int j = 0; j < n; j++) expected[(i * n) + j] = float.FusedMultiplyAdd(x.Span[(r * m) + i], dy.Span[(r * n) + j], expected[(i * n) + j]);
        Frames.SameBits(expected, dw.Span);
    }

    /// <summary>With fewer samples a product may have fewer parts, and work that a larger one spares itself.</summary>
    [Theory]
    [InlineData(1, 784, 128, 2)]
    [InlineData(1, 5408, 64, 2)]
    [InlineData(1, 64, 10, 2)]
    [InlineData(9, 1200, 40, 2)]
    [InlineData(1, 64, 5408, 2)]
    [InlineData(1, 2, 196, 2)]
    [InlineData(1, 1024, 196, 2)]
    [InlineData(3, 512, 300, 3)]
    [InlineData(1, 1700, 64, 2)]
    [InlineData(3, 300, 500, 2)]
    public void MemoryForABatchServesEverySmallerOne(int rows, int k, int n, int threads) => Frames.WithEveryKernel(() =>
    {
        WorkingMemory forward = default, gradient = default, sum = default;
        for (int batch = 1; batch <= 413; batch++)
        {
            Frames.NoLess(ref sum, MatMul.ForwardSumScratch(batch, 3, rows, k, n, threads));
            Frames.NoLess(ref forward, MatMul.ForwardScratch(batch, rows, k, n, threads));
            Frames.NoLess(ref gradient, MatMul.WeightGradientScratch(batch, rows, k, n));
        }
    });
}

/// <summary>Tests that put another micro-kernel in place run one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class MicroKernelTests
{
    public const string Name = "micro-kernels";
}
