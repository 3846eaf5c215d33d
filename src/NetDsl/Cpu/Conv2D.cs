namespace NetDsl.Cpu;

/// <summary>
/// Two-dimensional convolutions of images in height x width x channels order and their gradients, as matrix products whose
/// left operand is read from the image itself (from a copy with zeros around it where there is padding).
/// </summary>
public static unsafe class Conv2D
{
    /// <summary>
    /// y[oh, ow, f] = sum over kh, kw, c, in this order and as one chain of multiply-adds (with one filter of 1 x 1 as
    /// <see cref="MatMul"/> sums one column), of
    /// x[oh * strideH + kh * dilationH - padTop, ow * strideW + kw * dilationW - padLeft, c] * w[kh, kw, c, f].
    /// </summary>
    /// <param name="f">The run.</param>
    /// <param name="x">H x W x C a sample.</param>
    /// <param name="w">KH x KW x C x F.</param>
    /// <param name="y">OH x OW x F a sample.</param>
    /// <param name="g">The shapes.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored; its row is a position, its column a filter.</param>
    public static void Forward<TE>(in CpuFrame f, BatchView x, Floats w, BatchView y, in Conv2DGeometry g, in TE epilogue)
        where TE : struct, IEpilogue
    {
        if (f.Batch == 0) return;
        if (IsMatMul(in g))
        {
            MatMul.Forward(in f, x, w, y, g.OH * g.OW, g.C, g.F, transposeW: false, in epilogue);
            return;
        }

        if (OneChannelPlan.Fits(in g))
        {
            OneChannelPlan plan = new(f.Batch, in g, 1);
            ConvRows<ForwardPhases> rows = new(x, f.Batch, new ForwardPhases(g, 1), plan.Parts);
            f.Team.Run(new OneChannelKernel<TE>(rows, w.Pointer, g, y, epilogue, plan, f.Workers), plan.Parts);
            return;
        }

        Product(in f, x, w, in g, 1, new RowStore<TE>(y, g.F, epilogue));
    }

    /// <summary>
    /// <see cref="Forward"/>, then the greatest element of each window of <paramref name="pool"/>; what lies between is not written
    /// to memory. The pooling has no padding and no dilation, and its windows do not overlap.
    /// </summary>
    /// <param name="f">The run.</param>
    /// <param name="x">H x W x C a sample.</param>
    /// <param name="w">KH x KW x C x F.</param>
    /// <param name="y">The pooled OH x OW x F a sample.</param>
    /// <param name="g">The shapes of the convolution.</param>
    /// <param name="pool">The shapes of the pooling of its result.</param>
    /// <param name="epilogue">What is done to each row of the convolution; its row is a position, its column a filter.</param>
    public static void ForwardMaxPool<TE>(in CpuFrame f, BatchView x, Floats w, BatchView y, in Conv2DGeometry g, in Pool2DGeometry pool, in TE epilogue)
        where TE : struct, IEpilogue
    {
        ForwardPool<MaxReducer, TE>(in f, x, w, y, in g, in pool, in epilogue);
    }

    /// <summary><see cref="ForwardMaxPool"/> with the mean of each window.</summary>
    /// <param name="f">The run.</param>
    /// <param name="x">H x W x C a sample.</param>
    /// <param name="w">KH x KW x C x F.</param>
    /// <param name="y">The pooled OH x OW x F a sample.</param>
    /// <param name="g">The shapes of the convolution.</param>
    /// <param name="pool">The shapes of the pooling of its result.</param>
    /// <param name="epilogue">What is done to each row of the convolution; its row is a position, its column a filter.</param>
    public static void ForwardAveragePool<TE>(in CpuFrame f, BatchView x, Floats w, BatchView y, in Conv2DGeometry g, in Pool2DGeometry pool, in TE epilogue)
        where TE : struct, IEpilogue
    {
        ForwardPool<MeanReducer, TE>(in f, x, w, y, in g, in pool, in epilogue);
    }

    /// <summary>
    /// Gradient by the input: dx[ih, iw, c] = sum over kh and kw, descending, and f, ascending, of
    /// dy[(ih + padTop - kh * dilationH) / strideH, (iw + padLeft - kw * dilationW) / strideW, f] * w[kh, kw, c, f]
    /// where both divisions are exact and inside of dy.
    /// </summary>
    /// <param name="f">The run.</param>
    /// <param name="dy">OH x OW x F a sample.</param>
    /// <param name="w">KH x KW x C x F.</param>
    /// <param name="dx">H x W x C a sample.</param>
    /// <param name="g">The shapes of the forward convolution.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored; its row is a position, its column a channel.</param>
    public static void InputGradient<TE>(in CpuFrame f, BatchView dy, Floats w, BatchView dx, in Conv2DGeometry g, in TE epilogue)
        where TE : struct, IEpilogue
    {
        if (f.Batch == 0) return;
        if (IsMatMul(in g))
        {
            MatMul.Forward(in f, dy, w, dx, g.H * g.W, g.F, g.C, transposeW: true, in epilogue);
            return;
        }

        InputGradientPhases phases = new(g);
        ProductPlan plan = InputGradientPlan(f.Batch, in phases, g.C, f.Team.Count, out long buffer);
        ConvRows<InputGradientPhases> rows = new(dy, f.Batch, phases, plan.RowParts);
        f.Team.Run(
            new ProductKernel<ConvRows<InputGradientPhases>, MirroredColumns, RowStore<TE>>(
                rows, new(w.Pointer, phases, plan.RowParts, g.F), new(dx, g.C, epilogue), plan, f.Workers),
            phases.Count * plan.RowParts * plan.ColumnParts);
    }

    /// <summary>
    /// Gradient by the filter: dw[kh, kw, c, f] = sum over samples and positions of the pixel that (kh, kw, c) saw times dy[.., f].
    /// Partial sums are cut by shape and batch alone and combined in their order.
    /// </summary>
    /// <param name="f">The run.</param>
    /// <param name="x">H x W x C a sample.</param>
    /// <param name="dy">OH x OW x F a sample.</param>
    /// <param name="dw">KH x KW x C x F.</param>
    /// <param name="g">The shapes of the forward convolution.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored; its sample is 0, its row an index of KH x KW x C, its column a filter.</param>
    public static void FilterGradient<TE>(in CpuFrame f, BatchView x, BatchView dy, Floats dw, in Conv2DGeometry g, in TE epilogue)
        where TE : struct, IEpilogue
    {
        if (IsMatMul(in g))
        {
            MatMul.WeightGradient(in f, x, dy, dw, g.OH * g.OW, g.C, g.F, in epilogue);
            return;
        }

        ConvStrips strips = new(x, dy, f.Batch, in g, ConvStrips.IsDense(dy, in g));
        GradientPlan plan = FilterGradientPlan(in strips, f.Batch, in g, f.Team.Count);
        GradientKernel<ConvStrips, TE>.Run(in f, strips, dw, default, in epilogue, in plan);
    }

    /// <summary>
    /// <see cref="FilterGradient"/> of a convolution whose result y goes through a max-pooling, from the gradient of the pooled: that of y, which the
    /// greatest element of each window has, is not written to memory. Filters of 3 x 3 for one channel and windows of 2 x 2 side by side.
    /// </summary>
    /// <param name="f">The run.</param>
    /// <param name="x">H x W x 1 a sample.</param>
    /// <param name="y">OH x OW x F a sample.</param>
    /// <param name="dy">The gradient of each window's maximum.</param>
    /// <param name="dw">3 x 3 x 1 x F.</param>
    /// <param name="g">The shapes of the forward convolution.</param>
    /// <param name="pool">The shapes of the pooling.</param>
    public static void FilterGradientMaxPool(in CpuFrame f, BatchView x, BatchView y, BatchView dy, Floats dw, in Conv2DGeometry g, in Pool2DGeometry pool)
    {
        OneChannelPoolGradientPlan plan = new(f.Batch, in g, in pool);
        ConvRows<ForwardPhases> rows = new(x, f.Batch, new ForwardPhases(g, 2), plan.Parts);
        nint step = f.PartialStep(plan.Parts);
        f.Team.Run(new OneChannelPoolGradientKernel(rows, y, dy, g, pool, f.Partials, step, f.Workers), plan.Parts);

        PartialSums.Add(f.Partials, step, plan.Parts, 0, (nint)g.KH * g.KW * g.F, dw);
    }

    /// <summary>Working memory that <see cref="FilterGradientMaxPool"/> uses for this batch or a smaller one.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="g">The shapes of the forward convolution.</param>
    /// <param name="pool">The shapes of the pooling.</param>
    public static WorkingMemory FilterGradientMaxPoolScratch(int batch, in Conv2DGeometry g, in Pool2DGeometry pool) =>
        new OneChannelPoolGradientPlan(Math.Max(1, batch), in g, in pool).Scratch;

    /// <summary>Working memory that <see cref="Forward"/> uses for this batch or a smaller one.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="g">The shapes.</param>
    /// <param name="threads">Workers.</param>
    public static WorkingMemory ForwardScratch(int batch, in Conv2DGeometry g, int threads)
    {
        if (IsMatMul(in g)) return MatMul.ForwardScratch(batch, g.OH * g.OW, g.C, g.F, threads);
        if (OneChannelPlan.Fits(in g)) return new(worker: new OneChannelPlan(Math.Max(1, batch), in g, 1).WorkerFloats);
        return ProductScratch(batch, in g, 1, threads);
    }

    /// <summary>Working memory that <see cref="ForwardMaxPool"/> uses for this batch or a smaller one.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="g">The shapes of the convolution.</param>
    /// <param name="pool">The shapes of the pooling.</param>
    /// <param name="threads">Workers.</param>
    public static WorkingMemory ForwardMaxPoolScratch(int batch, in Conv2DGeometry g, in Pool2DGeometry pool, int threads) =>
        OneChannelPlan.Fits(in g, in pool)
            ? new(worker: new OneChannelPlan(Math.Max(1, batch), in g, pool.StrideH).WorkerFloats)
            : ProductScratch(batch, in g, pool.StrideH, threads);

    /// <summary>Working memory that <see cref="ForwardAveragePool"/> uses for this batch or a smaller one.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="g">The shapes of the convolution.</param>
    /// <param name="pool">The shapes of the pooling.</param>
    /// <param name="threads">Workers.</param>
    public static WorkingMemory ForwardAveragePoolScratch(int batch, in Conv2DGeometry g, in Pool2DGeometry pool, int threads) =>
        ForwardMaxPoolScratch(batch, in g, in pool, threads);

    /// <summary>Working memory that <see cref="InputGradient"/> uses for this batch or a smaller one.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="g">The shapes of the forward convolution.</param>
    /// <param name="threads">Workers.</param>
    public static WorkingMemory InputGradientScratch(int batch, in Conv2DGeometry g, int threads)
    {
        if (IsMatMul(in g)) return MatMul.ForwardScratch(batch, g.H * g.W, g.F, g.C, threads);
        InputGradientPhases phases = new(g);
        ProductPlan plan = InputGradientPlan(Math.Max(1, batch), in phases, g.C, threads, out long buffer);
        return new(worker: plan.WorkerFloats + buffer);
    }

    /// <summary>Working memory that <see cref="FilterGradient"/> uses for this batch or a smaller one.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="g">The shapes of the forward convolution.</param>
    public static WorkingMemory FilterGradientScratch(int batch, in Conv2DGeometry g)
    {
        if (IsMatMul(in g)) return MatMul.WeightGradientScratch(batch, g.OH * g.OW, g.C, g.F);
        WorkingMemory most = default;
        foreach (bool dense in (ReadOnlySpan<bool>)[true, false])
        {
            ConvStrips strips = new(default, default, Math.Max(1, batch), in g, dense);
            most = WorkingMemory.Max(most, FilterGradientPlan(in strips, Math.Max(1, batch), in g, threads: 1).Scratch(strips.BufferFloats));
        }

        return most;
    }

    private static bool IsMatMul(in Conv2DGeometry g) =>
        g.KH == 1 && g.KW == 1 && g.StrideH == 1 && g.StrideW == 1 && g.PadTop == 0 && g.PadLeft == 0 && g.OH == g.H && g.OW == g.W;

    private static void ForwardPool<TReducer, TE>(in CpuFrame f, BatchView x, Floats w, BatchView y, in Conv2DGeometry g, in Pool2DGeometry pool, in TE epilogue)
        where TReducer : struct, IPoolReducer
        where TE : struct, IEpilogue
    {
        if (f.Batch == 0) return;
        if (!OneChannelPlan.Fits(in g, in pool))
        {
            Product(in f, x, w, in g, pool.StrideH, new PooledStore<TReducer, TE>(y, pool, epilogue));
            return;
        }

        OneChannelPlan plan = new(f.Batch, in g, pool.StrideH);
        ConvRows<ForwardPhases> rows = new(x, f.Batch, new ForwardPhases(g, pool.StrideH), plan.Parts);
        f.Team.Run(new OneChannelPoolKernel<TReducer, TE>(rows, w.Pointer, g, y, pool, epilogue, plan, f.Workers), plan.Parts);
    }

    /// <summary>The product of the patches with the filters. No part begins within <paramref name="unit"/> rows of outputs, counted in each image.</summary>
    private static void Product<TStore>(in CpuFrame f, BatchView x, Floats w, in Conv2DGeometry g, int unit, TStore store)
        where TStore : struct, IProductStore
    {
        Patches patches = Patches.Of(in g);
        ProductPlan plan = ForwardPlan(f.Batch, in patches, g.F, unit, f.Team.Count);
        ConvRows<ForwardPhases> rows = new(x, f.Batch, new ForwardPhases(g, unit), plan.RowParts);
        f.Team.Run(
            new ProductKernel<ConvRows<ForwardPhases>, PlainColumns, TStore>(
                rows, PlainColumns.Of(in f, w, patches.Segments, patches.SegmentLength, g.F, in plan), store, plan,
                f.Workers),
            plan.RowParts * plan.ColumnParts);
    }

    private static WorkingMemory ProductScratch(int batch, in Conv2DGeometry g, int unit, int threads)
    {
        Patches patches = Patches.Of(in g);
        ProductPlan plan = ForwardPlan(Math.Max(1, batch), in patches, g.F, unit, threads);
        return new(worker: plan.WorkerFloats + ConvRows<ForwardPhases>.BufferFloats(in patches, plan.MostGroups * unit));
    }

    private static ProductPlan ForwardPlan(int batch, in Patches patches, int filters, int unit, int threads) => new(
        batch * Cut.Ceiling(patches.OutH, unit), Math.Min(patches.OutH, unit) * patches.OutW, patches.Segments, patches.SegmentLength, filters,
        rowsInPlace: true, threads);

    /// <summary>One plan for all phases, made for the longest of everything that any of them has.</summary>
    private static ProductPlan InputGradientPlan(int batch, in InputGradientPhases phases, int channels, int threads, out long bufferFloats)
    {
        int groups = 1, rows = 1, segments = 0, length = 1;
        for (int phase = 0; phase < phases.Count; phase++)
        {
            Patches patches = phases.Patches(phase);
            (groups, rows) = (Math.Max(groups, batch * patches.OutH), Math.Max(rows, patches.OutW));
            (segments, length) = (Math.Max(segments, patches.Segments), patches.SegmentLength);
        }

        ProductPlan plan = new(groups, rows, segments, length, channels, rowsInPlace: false, threads);
        bufferFloats = 0;
        for (int phase = 0; phase < phases.Count; phase++)
        {
            Patches patches = phases.Patches(phase);
            bufferFloats = Math.Max(bufferFloats, ConvRows<InputGradientPhases>.BufferFloats(in patches, plan.MostGroups));
        }

        return plan;
    }

    private static GradientPlan FilterGradientPlan(in ConvStrips strips, int batch, in Conv2DGeometry g, int threads) => new(
        strips.Runs, strips.RunLength, g.F, strips.Strips, (long)batch * g.OH * g.OW, strips.MaxPositions, strips.PositionStep, threads);
}
