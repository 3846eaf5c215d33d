using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

[Collection(MicroKernelTests.Name)]
public class Conv2DTests
{
    /// <summary>Geometry from sizes as a user gives them; padding below and on the right is as above and on the left, plus <paramref name="extra"/>.</summary>
    private static Conv2DGeometry Geometry(int h, int w, int c, int kh, int kw, int f, int sh, int sw, int dh, int dw, int pt, int pl, int extra)
    {
        int oh = ((h + (2 * pt) + extra - ((kh - 1) * dh) - 1) / sh) + 1, ow = ((w + (2 * pl) + extra - ((kw - 1) * dw) - 1) / sw) + 1;
        return new Conv2DGeometry(h, w, c, kh, kw, f, oh, ow, sh, sw, dh, dw, pt, pl);
    }

    public static TheoryData<int, Conv2DGeometry> Cases
    {
        get
        {
            TheoryData<int, Conv2DGeometry> cases = new()
            {
                { 3, Geometry(28, 28, 1, 3, 3, 32, 1, 1, 1, 1, 0, 0, 0) },
                { 1, Geometry(28, 28, 1, 5, 5, 6, 1, 1, 1, 1, 2, 2, 0) },
                { 2, Geometry(13, 31, 1, 3, 3, 19, 2, 1, 2, 1, 1, 1, 0) },
                { 3, Geometry(5, 4, 1, 2, 4, 3, 1, 1, 1, 1, 1, 3, 0) },
                { 2, Geometry(6, 14, 1, 1, 2, 8, 1, 1, 1, 1, 0, 0, 0) },
                { 2, Geometry(7, 25, 1, 3, 1, 17, 3, 1, 1, 1, 0, 0, 0) },
                { 2, Geometry(13, 13, 32, 3, 3, 20, 1, 1, 1, 1, 1, 1, 0) },
                { 5, Geometry(7, 9, 3, 3, 2, 7, 2, 2, 1, 1, 1, 0, 0) },
                { 2, Geometry(11, 8, 5, 3, 3, 9, 1, 1, 2, 2, 2, 1, 0) },
                { 2, Geometry(11, 12, 2, 3, 3, 4, 3, 2, 2, 3, 1, 2, 1) },
                { 3, Geometry(8, 8, 4, 1, 1, 16, 1, 1, 1, 1, 0, 0, 0) },
                { 3, Geometry(9, 7, 4, 1, 1, 3, 2, 3, 1, 1, 0, 0, 0) },
                { 2, Geometry(5, 5, 2, 5, 5, 3, 1, 1, 1, 1, 0, 0, 0) },
                { 70, Geometry(4, 4, 3, 3, 3, 5, 1, 1, 1, 1, 1, 1, 0) },
                { 1, Geometry(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0) },
                { 2, Geometry(1, 1, 3, 3, 3, 2, 1, 1, 1, 1, 1, 1, 0) },
                { 2, Geometry(6, 6, 70, 3, 3, 8, 1, 1, 1, 1, 1, 1, 0) },
                { 1, Geometry(3, 40, 550, 1, 3, 5, 1, 1, 1, 2, 0, 1, 0) },
                { 2, Geometry(10, 10, 2, 2, 2, 3, 2, 2, 1, 1, 0, 0, 1) },
                { 2, Geometry(10, 10, 2, 2, 2, 3, 4, 4, 1, 1, 0, 0, 0) },
                { 2, Geometry(4, 6, 2, 2, 2, 3, 1, 1, 1, 1, 3, 2, 0) },
            };
            return cases;
        }
    }

    private static void Visit(Conv2DGeometry g, Action<int, int, int, int, int, int> action)
    {
        for (int oh = 0; oh < g.OH; oh++)
            for (int ow = 0; ow < g.OW; ow++)
                for (int kh = 0; kh < g.KH; kh++)
                    for (int kw = 0; kw < g.KW; kw++)
                    {
                        int ih = (oh * g.StrideH) + (kh * g.DilationH) - g.PadTop, iw = (ow * g.StrideW) + (kw * g.DilationW) - g.PadLeft;
                        if (ih >= 0 && ih < g.H && iw >= 0 && iw < g.W) action(oh, ow, kh, kw, ih, iw);
                    }
    }

    private static double[] Expected(int batch, Conv2DGeometry g, float[] x, float[] w, float[] dy, int which)
    {
        int xs = g.H * g.W * g.C, ys = g.OH * g.OW * g.F, ws = g.KH * g.KW * g.C * g.F;
        double[] result = new double[which switch { 0 => batch * ys, 1 => batch * xs, _ => ws }];
        for (int sample = 0; sample < batch; sample++)
        {
            int b = sample;
            Visit(g, (oh, ow, kh, kw, ih, iw) =>
            {
                for (int c = 0; c < g.C; c++)
                    for (int f = 0; f < g.F; f++)
                    {
                        int xi = (b * xs) + (((ih * g.W) + iw) * g.C) + c, yi = (b * ys) + (((oh * g.OW) + ow) * g.F) + f;
                        int wi = (((((kh * g.KW) + kw) * g.C) + c) * g.F) + f;
                        if (which == 0) result[yi] += (double)x[xi] * w[wi];
                        else if (which == 1) result[xi] += (double)dy[yi] * w[wi];
                        else result[wi] += (double)x[xi] * dy[yi];
                    }
            });
        }

        return result;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ForwardAndGradientsAreTheSums(int batch, Conv2DGeometry g) => Frames.WithEveryKernel(() => Check(batch, g));

    /// <summary>Distances that crowd into few sets of the cache, few positions a sample, and many filters: paths that small shapes do not take.</summary>
    [Fact]
    public void GreatShapesAreTheSumsToo()
    {
        Check(40, Geometry(4, 4, 128, 3, 3, 33, 1, 1, 1, 1, 1, 1, 0));
        Check(3, Geometry(18, 18, 64, 3, 3, 40, 1, 1, 1, 1, 0, 0, 0));
        Check(2, Geometry(1, 300, 128, 1, 1, 32, 1, 1, 1, 1, 0, 0, 0));
    }

    /// <summary>Samples of larger tensors lie with gaps between them.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void GapsBetweenSamplesMakeNoDifference(int batch, Conv2DGeometry g)
    {
        int xs = g.H * g.W * g.C, ys = g.OH * g.OW * g.F, ws = g.KH * g.KW * g.C * g.F;
        using Memory x = new(batch * xs, 1), w = new(ws, 2), dy = new(batch * ys, 3), wideX = new(batch * (xs + 5)), wideDy = new(batch * (ys + 7));
        using Memory y = new(batch * ys), dx = new(batch * xs), dw = new(ws), wideY = new(batch * (ys + 3)), wideDx = new(batch * (xs + 9)), wideDw = new(ws);
        using WorkerTeam team = new(2);
        WorkingMemory most = WorkingMemory.Max(Conv2D.ForwardScratch(batch, in g, 2), Conv2D.InputGradientScratch(batch, in g, 2));
        using Memory scratch = new(WorkingMemory.Max(most, Conv2D.FilterGradientScratch(batch, in g)), 2);
        CpuFrame f = Frames.Frame(batch, team, scratch);
        Copy.Block(in f, x.View(xs), 0, wideX.View(xs + 5), 0, 1, 0, 0, xs);
        Copy.Block(in f, dy.View(ys), 0, wideDy.View(ys + 7), 0, 1, 0, 0, ys);
        Conv2D.Forward(in f, x.View(xs), w.Floats, y.View(ys), in g, default(PlaceEpilogue));
        Conv2D.Forward(in f, wideX.View(xs + 5), w.Floats, wideY.View(ys + 3), in g, default(PlaceEpilogue));
        Conv2D.InputGradient(in f, dy.View(ys), w.Floats, dx.View(xs), in g, default(PlaceEpilogue));
        Conv2D.InputGradient(in f, wideDy.View(ys + 7), w.Floats, wideDx.View(xs + 9), in g, default(PlaceEpilogue));
        Conv2D.FilterGradient(in f, x.View(xs), dy.View(ys), dw.Floats, in g, default(PlaceEpilogue));
        Conv2D.FilterGradient(in f, wideX.View(xs + 5), wideDy.View(ys + 7), wideDw.Floats, in g, default(PlaceEpilogue));
        for (int b = 0; b < batch; b++)
        {
            Frames.SameBits(y.Span.Slice(b * ys, ys), wideY.Span.Slice(b * (ys + 3), ys));
            Frames.SameBits(dx.Span.Slice(b * xs, xs), wideDx.Span.Slice(b * (xs + 9), xs));
        }

        Frames.Near([.. dw.ToArray().Select(value => (double)value)], wideDw.Span, batch * g.OH * g.OW);
    }

    private static void Check(int batch, Conv2DGeometry g)
    {
        int xs = g.H * g.W * g.C, ys = g.OH * g.OW * g.F, ws = g.KH * g.KW * g.C * g.F;
        using Memory x = new(batch * xs, 1), w = new(ws, 2), dy = new(batch * ys, 3);
        using Memory y = new(batch * ys), dx = new(batch * xs), dw = new(ws);
        using WorkerTeam team = new(2);
        using (Memory scratch = new(Conv2D.ForwardScratch(batch, in g, 2), 2))
            Conv2D.Forward(Frames.Frame(batch, team, scratch), x.View(xs), w.Floats, y.View(ys), in g, default(PlaceEpilogue));
        using (Memory scratch = new(Conv2D.InputGradientScratch(batch, in g, 2), 2))
            Conv2D.InputGradient(Frames.Frame(batch, team, scratch), dy.View(ys), w.Floats, dx.View(xs), in g, default(PlaceEpilogue));
        using (Memory scratch = new(Conv2D.FilterGradientScratch(batch, in g), 2))
            Conv2D.FilterGradient(Frames.Frame(batch, team, scratch), x.View(xs), dy.View(ys), dw.Floats, in g, default(PlaceEpilogue));

        double[] Placed(double[] values, int rows, int columns)
        {
            for (int i = 0; i < values.Length; i++)
            {
                (int row, int column) = Math.DivRem(i, columns);
                values[i] += PlaceEpilogue.At(row / rows, row % rows, column);
            }

            return values;
        }

        float[] xa = x.ToArray(), wa = w.ToArray(), dya = dy.ToArray();
        Frames.Near(Placed(Expected(batch, g, xa, wa, dya, 0), g.OH * g.OW, g.F), y.Span, g.KH * g.KW * g.C);
        Frames.Near(Placed(Expected(batch, g, xa, wa, dya, 1), g.H * g.W, g.C), dx.Span, g.KH * g.KW * g.F);
        Frames.Near(Placed(Expected(batch, g, xa, wa, dya, 2), g.KH * g.KW * g.C, g.F), dw.Span, batch * g.OH * g.OW);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void BitsDependOnNeitherThreadsNorTheOtherSamples(int batch, Conv2DGeometry g)
    {
        int xs = g.H * g.W * g.C, ys = g.OH * g.OW * g.F, ws = g.KH * g.KW * g.C * g.F;
        using Memory x = new(batch * xs, 1), w = new(ws, 2), dy = new(batch * ys, 3);
        (float[] Y, float[] Dx, float[] Dw) Run(int first, int count, int threads)
        {
            using WorkerTeam team = new(threads);
            WorkingMemory most = WorkingMemory.Max(Conv2D.ForwardScratch(count, in g, threads), Conv2D.InputGradientScratch(count, in g, threads));
            using Memory scratch = new(WorkingMemory.Max(most, Conv2D.FilterGradientScratch(count, in g)), threads);
            using Memory y = new(count * ys), dx = new(count * xs), dw = new(ws);
            CpuFrame f = Frames.Frame(count, team, scratch);
            BatchView xv = new(x.Floats + (first * xs), xs), dyv = new(dy.Floats + (first * ys), ys);
            Conv2D.Forward(in f, xv, w.Floats, y.View(ys), in g, default(NoEpilogue));
            Conv2D.InputGradient(in f, dyv, w.Floats, dx.View(xs), in g, default(NoEpilogue));
            Conv2D.FilterGradient(in f, xv, dyv, dw.Floats, in g, default(NoEpilogue));
            return (y.ToArray(), dx.ToArray(), dw.ToArray());
        }

        (float[] y1, float[] dx1, float[] dw1) = Run(0, batch, 1);
        foreach (int threads in (int[])[2, 3])
        {
            (float[] y2, float[] dx2, float[] dw2) = Run(0, batch, threads);
            Frames.SameBits(y1, y2);
            Frames.SameBits(dx1, dx2);
            Frames.SameBits(dw1, dw2);
        }

        (float[] yAlone, float[] dxAlone, _) = Run(batch - 1, 1, 2);
        Frames.SameBits(y1.AsSpan((batch - 1) * ys), yAlone);
        Frames.SameBits(dx1.AsSpan((batch - 1) * xs), dxAlone);
    }

    [Fact]
    public void MemoryForABatchServesEverySmallerOne() => Frames.WithEveryKernel(() =>
    {
        foreach (Conv2DGeometry g in (Conv2DGeometry[])[
            Geometry(28, 28, 1, 3, 3, 32, 1, 1, 1, 1, 1, 1, 0), Geometry(14, 14, 64, 3, 3, 64, 2, 2, 1, 1, 1, 1, 0), Geometry(4, 4, 512, 3, 3, 512, 1, 1, 1, 1, 1, 1, 0)])
        {
            WorkingMemory forward = default, input = default, filter = default;
            for (int batch = 1; batch < 200; batch++)
            {
                Frames.NoLess(ref forward, Conv2D.ForwardScratch(batch, in g, 2));
                Frames.NoLess(ref input, Conv2D.InputGradientScratch(batch, in g, 2));
                Frames.NoLess(ref filter, Conv2D.FilterGradientScratch(batch, in g));
            }
        }
    });

    /// <summary>Outputs of 1 to 40 in a row, so that every width of a tile is seen; a second channel of zeros adds nothing to a chain.</summary>
    [Theory]
    [InlineData(3, 3, 1, 8)]
    [InlineData(3, 3, 0, 13)]
    [InlineData(5, 5, 2, 6)]
    [InlineData(2, 3, 0, 33)]
    public void One_channel_gives_the_bits_of_two_of_which_one_is_zero(int kh, int kw, int pad, int filters) => Frames.WithEveryKernel(() =>
    {
        for (int outputs = 1; outputs <= 40; outputs++)
        {
            int h = 7, width = outputs + kw - 1 - (2 * pad);
            if (width < 1) continue;
            Conv2DGeometry one = Geometry(h, width, 1, kh, kw, filters, 1, 1, 1, 1, pad, pad, 0), two = one with { C = 2 };
            using Memory x = new(2 * h * width, outputs), w = new(kh * kw * filters, outputs + 100);
            using Memory xx = new(4 * h * width, 0), ww = new(2 * kh * kw * filters, outputs + 200);
            for (int i = 0; i < x.Length; i++) (xx[2 * i], xx[(2 * i) + 1]) = (x[i], 0);
            for (int tap = 0; tap < kh * kw; tap++) w.Span.Slice(tap * filters, filters).CopyTo(ww.Span[(2 * tap * filters)..]);
            int elements = one.OH * one.OW * filters;
            foreach (int threads in (int[])[1, 2])
            {
                using WorkerTeam team = new(threads);
                using Memory y = new(2 * elements), yy = new(2 * elements);
                using Memory scratch = new(WorkingMemory.Max(Conv2D.ForwardScratch(2, in one, threads), Conv2D.ForwardScratch(2, in two, threads)), threads);
                CpuFrame f = Frames.Frame(2, team, scratch);
                Conv2D.Forward(in f, x.View(h * width), w.Floats, y.View(elements), in one, default(PlaceEpilogue));
                Conv2D.Forward(in f, xx.View(2 * h * width), ww.Floats, yy.View(elements), in two, default(PlaceEpilogue));
                Assert.Equal(yy.ToArray(), y.ToArray());
            }
        }
    });
}
