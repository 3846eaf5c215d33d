using System.Numerics;
using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

public class Pool2DTests
{
    private static Pool2DGeometry Geometry(int h, int w, int c, int kh, int kw, int sh, int sw, int dh, int dw, int pt, int pl, int extra)
    {
        int oh = ((h + (2 * pt) + extra - ((kh - 1) * dh) - 1) / sh) + 1, ow = ((w + (2 * pl) + extra - ((kw - 1) * dw) - 1) / sw) + 1;
        return new Pool2DGeometry(h, w, c, oh, ow, kh, kw, sh, sw, dh, dw, pt, pl);
    }

    public static TheoryData<int, Pool2DGeometry> Cases => new()
    {
        { 3, Geometry(26, 26, 32, 2, 2, 2, 2, 1, 1, 0, 0, 0) },
        { 2, Geometry(27, 13, 10, 2, 2, 2, 2, 1, 1, 0, 0, 0) },
        { 2, Geometry(9, 8, 1, 3, 3, 2, 2, 1, 1, 1, 1, 0) },
        { 2, Geometry(9, 8, 5, 3, 2, 1, 1, 1, 1, 1, 0, 0) },
        { 1, Geometry(10, 11, 17, 2, 3, 3, 4, 1, 1, 0, 0, 0) },
        { 2, Geometry(12, 12, 3, 2, 2, 3, 3, 2, 2, 1, 1, 0) },
        { 2, Geometry(7, 7, 9, 7, 7, 7, 7, 1, 1, 0, 0, 0) },
        { 1, Geometry(1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0) },
        { 2, Geometry(7, 7, 8, 2, 2, 2, 2, 1, 1, 0, 0, 1) },
    };

    private static void Windows(int batch, Pool2DGeometry g, Action<int, List<int>> window)
    {
        for (int b = 0; b < batch; b++)
            for (int oh = 0; oh < g.OH; oh++)
                for (int ow = 0; ow < g.OW; ow++)
                    for (int c = 0; c < g.C; c++)
                    {
                        List<int> elements = [];
                        for (int kh = 0; kh < g.KernelH; kh++)
                            for (int kw = 0; kw < g.KernelW; kw++)
                            {
                                int ih = (oh * g.StrideH) + (kh * g.DilationH) - g.PadTop, iw = (ow * g.StrideW) + (kw * g.DilationW) - g.PadLeft;
                                if (ih >= 0 && ih < g.H && iw >= 0 && iw < g.W) elements.Add((((((b * g.H) + ih) * g.W) + iw) * g.C) + c);
                            }

                        window((((((b * g.OH) + oh) * g.OW) + ow) * g.C) + c, elements);
                    }
    }

    private static int First(Memory x, List<int> elements)
    {
        int best = elements[0];
        foreach (int i in elements)
            if (x[i] > x[best] || float.IsNaN(x[i])) best = i;
        return best;
    }

    /// <summary>Few different values, so that ties are common.</summary>
    private static Memory Ties(int length)
    {
        Memory x = new(length, 1);
        foreach (ref float value in x.Span) value = MathF.Round(value * 2);
        return x;
    }

    private static float At(int index, int positions, int channels) =>
        PlaceEpilogue.At(index / channels / positions, index / channels % positions, index % channels);

    [Theory]
    [MemberData(nameof(Cases))]
    public void MaximumGoesForwardAndItsGradientToTheFirst(int batch, Pool2DGeometry g)
    {
        foreach (int threads in (int[])[1, 2, 3])
        {
            using WorkerTeam team = new(threads);
            int xs = g.H * g.W * g.C, ys = g.OH * g.OW * g.C;
            using Memory x = Ties(batch * xs), dy = new(batch * ys, 2), y = new(batch * ys), dx = new(batch * xs);
            x[0] = float.NaN;
            using (Memory scratch = new(Pool2D.MaxForwardScratch(in g), threads))
                Pool2D.MaxForward(Frames.Frame(batch, team, scratch), x.View(xs), y.View(ys), in g, default(PlaceEpilogue));
            using (Memory scratch = new(Pool2D.MaxBackwardScratch(in g), threads))
                Pool2D.MaxBackward(Frames.Frame(batch, team, scratch), x.View(xs), dy.View(ys), dx.View(xs), in g, default(PlaceEpilogue));
            double[] expected = new double[batch * xs];
            Windows(batch, g, (o, elements) =>
            {
                int first = First(x, elements);
                Assert.Equal(x[first] + At(o, g.OH * g.OW, g.C), y[o]);
                expected[first] += dy[o];
            });
            for (int i = 0; i < expected.Length; i++) expected[i] += At(i, g.H * g.W, g.C);
            Frames.Near(expected, dx.Span, g.KernelH * g.KernelW);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void MeanGoesForwardAndItsGradientToAll(int batch, Pool2DGeometry g)
    {
        using WorkerTeam team = new(2);
        int xs = g.H * g.W * g.C, ys = g.OH * g.OW * g.C;
        using Memory x = new(batch * xs, 1), dy = new(batch * ys, 2), y = new(batch * ys), dx = new(batch * xs);
        using (Memory scratch = new(Pool2D.AverageForwardScratch(in g), 2))
            Pool2D.AverageForward(Frames.Frame(batch, team, scratch), x.View(xs), y.View(ys), in g, default(PlaceEpilogue));
        using (Memory scratch = new(Pool2D.AverageBackwardScratch(in g), 2))
            Pool2D.AverageBackward(Frames.Frame(batch, team, scratch), dy.View(ys), dx.View(xs), in g, default(PlaceEpilogue));
        double[] mean = new double[batch * ys], gradient = new double[batch * xs];
        Windows(batch, g, (o, elements) =>
        {
            mean[o] = elements.Average(i => (double)x[i]) + At(o, g.OH * g.OW, g.C);
            foreach (int i in elements) gradient[i] += (double)dy[o] / elements.Count;
        });
        for (int i = 0; i < gradient.Length; i++) gradient[i] += At(i, g.H * g.W, g.C);
        Frames.Near(mean, y.Span, g.KernelH * g.KernelW);
        Frames.Near(gradient, dx.Span, g.KernelH * g.KernelW);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheGradientMayTakeThePlaceOfTheInputWhereWindowsDoNotOverlap(int batch, Pool2DGeometry g)
    {
        if (g.StrideH < ((g.KernelH - 1) * g.DilationH) + 1 || g.StrideW < ((g.KernelW - 1) * g.DilationW) + 1) return;
        using WorkerTeam team = new(2);
        int xs = g.H * g.W * g.C, ys = g.OH * g.OW * g.C;
        using Memory x = Ties(batch * xs), dy = new(batch * ys, 2), dx = new(batch * xs);
        using Memory scratch = new(Pool2D.MaxBackwardScratch(in g), 2);
        CpuFrame f = Frames.Frame(batch, team, scratch);
        Pool2D.MaxBackward(in f, x.View(xs), dy.View(ys), dx.View(xs), in g, new MaskEpilogue(x.View(xs), g.C));
        Pool2D.MaxBackward(in f, x.View(xs), dy.View(ys), x.View(xs), in g, new MaskEpilogue(x.View(xs), g.C));
        Frames.SameBits(dx.Span, x.Span);
    }

    /// <summary>The gradient of ReLU by its output, which is what was pooled.</summary>
    private readonly struct MaskEpilogue(BatchView x, int columns) : IEpilogue
    {
        public void Store(Floats accumulator, Floats output, int sample, int row, int column, int count)
        {
            Floats value = x[sample] + ((row * columns) + column);
            for (int i = 0; i < count; i++) output[i] = value[i] > 0 ? accumulator[i] : 0;
        }

        public Vector<float> Apply(Vector<float> accumulator, int sample, int row, int column) =>
            Vector.ConditionalSelect(Vector.GreaterThan((x[sample] + ((row * columns) + column)).Load(0), Vector<float>.Zero), accumulator, Vector<float>.Zero);
    }
}
