using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// The gradient by the filter, 3 x 3 of one channel, of a convolution whose result goes through a max-pooling of 2 x 2:
/// dw[i, j, f] = sum over windows and their four elements (p, q) of x[p + i, q + j] times the share of dy[f] that the element has, which is all or
/// nothing. The nine sums of a vector of filters stay in registers, and the pooling's gradient is never in memory. A part is
/// some rows of windows; its sums are a partial result.
/// </summary>
internal readonly unsafe struct OneChannelPoolGradientKernel(
    ConvRows<ForwardPhases> rows, BatchView y, BatchView dy, Conv2DGeometry g, Pool2DGeometry pool, OneChannelPoolGradientPlan plan, Floats scratch)
    : IKernel
{
    /// <summary>Rows and columns of a filter.</summary>
    public const int Side = 3;

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        nint* segments = stackalloc nint[Side];
        Floats partial = scratch + (nint)(part * plan.PartialFloats);
        Floats copy = scratch + (nint)((plan.Parts * plan.PartialFloats) + (worker * plan.CopyFloats));
        new Span<float>(partial.Pointer, Side * Side * g.F).Clear();
        ConvRows<ForwardPhases> source = rows;
        source.Begin(part, copy.Pointer, segments);
        for (int group = source.FirstGroup; group < source.EndGroup; group += 2)
        {
            float* pixels = source.Group(group, out _);
            (int sample, int line) = Math.DivRem(group, g.OH);
            if (line / 2 >= pool.OH)
            {
                // The last of an odd number of rows is in no window.
                group--;
                continue;
            }

            float* image = (y[sample] + ((nint)line * g.OW * g.F)).Pointer, gradient = (dy[sample] + ((nint)(line / 2) * pool.OW * g.F)).Pointer;
            int filter = 0;
            if (WideLanes.IsSupported)
                for (; filter <= g.F - WideLanes.Count; filter += WideLanes.Count)
                    Row<WideLanes, Whole>(pixels, source.Pitch, image + filter, gradient + filter, partial.Pointer + filter, 0);
            for (; filter <= g.F - VectorLanes.Count; filter += VectorLanes.Count)
                Row<VectorLanes, Whole>(pixels, source.Pitch, image + filter, gradient + filter, partial.Pointer + filter, 0);
            if (filter < g.F) Row<VectorLanes, Partial>(pixels, source.Pitch, image + filter, gradient + filter, partial.Pointer + filter, g.F - filter);
        }
    }

    /// <summary>A row of windows for a vector of filters, of which <paramref name="count"/> are there if it is not whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TLanes, TExtent>(float* pixels, nint pitch, float* image, float* gradient, float* sums, int count)
        where TLanes : struct, ILanes<TLanes>
        where TExtent : struct, IExtent
    {
        nint filters = g.F, below = (nint)g.OW * filters;
        TLanes s00 = TExtent.Load<TLanes>(sums, count), s01 = TExtent.Load<TLanes>(sums + filters, count), s02 = TExtent.Load<TLanes>(sums + (2 * filters), count);
        TLanes s10 = TExtent.Load<TLanes>(sums + (3 * filters), count), s11 = TExtent.Load<TLanes>(sums + (4 * filters), count), s12 = TExtent.Load<TLanes>(sums + (5 * filters), count);
        TLanes s20 = TExtent.Load<TLanes>(sums + (6 * filters), count), s21 = TExtent.Load<TLanes>(sums + (7 * filters), count), s22 = TExtent.Load<TLanes>(sums + (8 * filters), count);
        for (int window = 0; window < pool.OW; window++, pixels += 2, image += 2 * filters, gradient += filters)
        {
            TLanes.ShareOfGreatest(
                TExtent.Load<TLanes>(image, count), TExtent.Load<TLanes>(image + filters, count),
                TExtent.Load<TLanes>(image + below, count), TExtent.Load<TLanes>(image + below + filters, count),
                TExtent.Load<TLanes>(gradient, count), out TLanes a, out TLanes b, out TLanes c, out TLanes d);

            // Each of the 4 x 4 pixels that the window's elements see, for all the weights by which one of them sees it.
            float* row = pixels;
            TLanes p0 = TLanes.Create(row[0]), p1 = TLanes.Create(row[1]), p2 = TLanes.Create(row[2]), p3 = TLanes.Create(row[3]);
            s00 = Add(p1, b, p0, a, s00);
            s01 = Add(p2, b, p1, a, s01);
            s02 = Add(p3, b, p2, a, s02);
            row += pitch;
            (p0, p1, p2, p3) = (TLanes.Create(row[0]), TLanes.Create(row[1]), TLanes.Create(row[2]), TLanes.Create(row[3]));
            s00 = Add(p1, d, p0, c, s00);
            s01 = Add(p2, d, p1, c, s01);
            s02 = Add(p3, d, p2, c, s02);
            s10 = Add(p1, b, p0, a, s10);
            s11 = Add(p2, b, p1, a, s11);
            s12 = Add(p3, b, p2, a, s12);
            row += pitch;
            (p0, p1, p2, p3) = (TLanes.Create(row[0]), TLanes.Create(row[1]), TLanes.Create(row[2]), TLanes.Create(row[3]));
            s10 = Add(p1, d, p0, c, s10);
            s11 = Add(p2, d, p1, c, s11);
            s12 = Add(p3, d, p2, c, s12);
            s20 = Add(p1, b, p0, a, s20);
            s21 = Add(p2, b, p1, a, s21);
            s22 = Add(p3, b, p2, a, s22);
            row += pitch;
            (p0, p1, p2, p3) = (TLanes.Create(row[0]), TLanes.Create(row[1]), TLanes.Create(row[2]), TLanes.Create(row[3]));
            s20 = Add(p1, d, p0, c, s20);
            s21 = Add(p2, d, p1, c, s21);
            s22 = Add(p3, d, p2, c, s22);
        }

        TExtent.Store(s00, sums, count);
        TExtent.Store(s01, sums + filters, count);
        TExtent.Store(s02, sums + (2 * filters), count);
        TExtent.Store(s10, sums + (3 * filters), count);
        TExtent.Store(s11, sums + (4 * filters), count);
        TExtent.Store(s12, sums + (5 * filters), count);
        TExtent.Store(s20, sums + (6 * filters), count);
        TExtent.Store(s21, sums + (7 * filters), count);
        TExtent.Store(s22, sums + (8 * filters), count);
    }

    /// <summary>sum + left * a + right * b, in this order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Add<TLanes>(TLanes right, TLanes b, TLanes left, TLanes a, TLanes sum)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd(right, b, TLanes.MultiplyAdd(left, a, sum));

    /// <summary>How much of a vector is there, as a type, so that whole vectors ask nothing.</summary>
    private interface IExtent
    {
        static abstract TLanes Load<TLanes>(float* source, int count)
            where TLanes : struct, ILanes<TLanes>;

        static abstract void Store<TLanes>(TLanes value, float* target, int count)
            where TLanes : struct, ILanes<TLanes>;
    }

    private readonly struct Whole : IExtent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Load<TLanes>(float* source, int count)
            where TLanes : struct, ILanes<TLanes> =>
            TLanes.Load(source);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store<TLanes>(TLanes value, float* target, int count)
            where TLanes : struct, ILanes<TLanes> =>
            value.Store(target);
    }

    private readonly struct Partial : IExtent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Load<TLanes>(float* source, int count)
            where TLanes : struct, ILanes<TLanes> =>
            TLanes.LoadPartial(source, count);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store<TLanes>(TLanes value, float* target, int count)
            where TLanes : struct, ILanes<TLanes> =>
            value.StorePartial(target, count);
    }
}
