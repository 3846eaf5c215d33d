using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// The gradient by the filter, 3 x 3 of one channel, of a convolution whose result goes through a max-pooling of 2 x 2:
/// dw[i, j, f] = sum over windows and their four elements (p, q) of x[p + i, q + j] times the share of dy[f] that the element has, which is all or
/// nothing. The nine sums of a vector of filters stay in registers, and the pooling's gradient is never in memory. A part is
/// some rows of windows; its sums are a partial result.
/// </summary>
internal readonly unsafe struct OneChannelPoolGradientKernel(
    ConvRows<ForwardPhases> rows, BatchView y, BatchView dy, Conv2DGeometry g, Pool2DGeometry pool, Floats partials, nint partialStep, WorkerMemory memory)
    : IKernel
{
    /// <summary>Rows and columns of a filter.</summary>
    public const int Side = 3;

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        nint* segments = stackalloc nint[Side];
        Floats partial = partials + (part * partialStep);
        Floats copy = memory.Of(worker);
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

            Floats image = y[sample] + ((nint)line * g.OW * g.F), gradient = dy[sample] + ((nint)(line / 2) * pool.OW * g.F);
            int filter = 0;
            if (WideLanes.IsSupported)
                for (; filter <= g.F - WideLanes.Count; filter += WideLanes.Count)
                    Row<WideLanes, WholeUnits<WideLanes>>(new(filter, g.F), pixels, source.Pitch, image, gradient, partial);
            for (; filter <= g.F - VectorLanes.Count; filter += VectorLanes.Count)
                Row<VectorLanes, WholeUnits<VectorLanes>>(new(filter, g.F), pixels, source.Pitch, image, gradient, partial);
            if (filter < g.F) Row<VectorLanes, LastUnits<VectorLanes>>(new(filter, g.F), pixels, source.Pitch, image, gradient, partial);
        }
    }

    /// <summary>A row of windows for a vector of filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TLanes, TUnits>(TUnits units, float* pixels, nint pitch, Floats image, Floats gradient, Floats sums)
        where TLanes : struct, ILanes<TLanes>
        where TUnits : struct, IUnits<TLanes>
    {
        nint filters = g.F;
        Floats below = image + (g.OW * filters);
        TLanes s00 = units.Load(sums, 0), s01 = units.Load(sums, 1), s02 = units.Load(sums, 2);
        TLanes s10 = units.Load(sums, 3), s11 = units.Load(sums, 4), s12 = units.Load(sums, 5);
        TLanes s20 = units.Load(sums, 6), s21 = units.Load(sums, 7), s22 = units.Load(sums, 8);
        for (int window = 0; window < pool.OW; window++, pixels += 2, image += 2 * filters, below += 2 * filters, gradient += filters)
        {
            TLanes.ShareOfGreatest(
                units.Load(image), units.Load(image, 1), units.Load(below), units.Load(below, 1), units.Load(gradient),
                out TLanes a, out TLanes b, out TLanes c, out TLanes d);

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

        units.Store(sums, 0, s00);
        units.Store(sums, 1, s01);
        units.Store(sums, 2, s02);
        units.Store(sums, 3, s10);
        units.Store(sums, 4, s11);
        units.Store(sums, 5, s12);
        units.Store(sums, 6, s20);
        units.Store(sums, 7, s21);
        units.Store(sums, 8, s22);
    }

    /// <summary>sum + left * a + right * b, in this order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Add<TLanes>(TLanes right, TLanes b, TLanes left, TLanes a, TLanes sum)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd(right, b, TLanes.MultiplyAdd(left, a, sum));
}
