using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

public static partial class Pool2D
{
    /// <summary>
    /// Gradient of <see cref="MaxForward"/>: each window's gradient goes to its greatest element, the first in row-major order
    /// among equals; to the last NaN where there is one.
    /// </summary>
    /// <param name="f">The run.</param>
    /// <param name="x">What was pooled: H x W x C a sample.</param>
    /// <param name="dy">OH x OW x C a sample.</param>
    /// <param name="dx">
    /// H x W x C a sample. May be the memory of <paramref name="x"/> where windows do not overlap, which is where the stride is at
    /// least the window's dilated extent on both axes.
    /// </param>
    /// <param name="g">The shapes.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored, 0 for elements of no window; its row is a position, its column a channel.</param>
    public static void MaxBackward<TE>(in CpuFrame f, BatchView x, BatchView dy, BatchView dx, in Pool2DGeometry g, in TE epilogue)
        where TE : struct, IEpilogue
    {
        if (!IsSquare(in g))
        {
            RunBackward<MaxScatter, TE>(in f, x, dy, dx, in g, in epilogue);
            return;
        }

        int strips = f.Batch * g.OH, parts = BackwardParts(strips, in g);
        f.Team.Run(new SquareMaxBackwardKernel<TE>(x, dy, dx, f.Workers, g, strips, parts, epilogue), parts);
    }

    /// <summary>Gradient of <see cref="AverageForward"/>: each window's gradient is shared evenly among its elements.</summary>
    /// <param name="f">The run.</param>
    /// <param name="dy">OH x OW x C a sample.</param>
    /// <param name="dx">H x W x C a sample.</param>
    /// <param name="g">The shapes.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored, 0 for elements of no window; its row is a position, its column a channel.</param>
    public static void AverageBackward<TE>(in CpuFrame f, BatchView dy, BatchView dx, in Pool2DGeometry g, in TE epilogue)
        where TE : struct, IEpilogue =>
        RunBackward<MeanScatter, TE>(in f, default, dy, dx, in g, in epilogue);

    /// <summary>Working memory that <see cref="MaxBackward"/> uses.</summary>
    /// <param name="g">The shapes.</param>
    public static WorkingMemory MaxBackwardScratch(in Pool2DGeometry g) => new(worker: StripFloats(in g));

    /// <summary>Working memory that <see cref="AverageBackward"/> uses.</summary>
    /// <param name="g">The shapes.</param>
    public static WorkingMemory AverageBackwardScratch(in Pool2DGeometry g) => MaxBackwardScratch(in g);

    private interface IScatter
    {
        /// <summary>Adds one window's gradient to the strip's elements.</summary>
        static abstract void Add(in Window window, Floats image, Floats dy, Floats strip, int channels);
    }

    /// <summary>The rows of dx that the strip of window row <paramref name="oh"/> covers: from its own top to the next one's.</summary>
    private static (int First, int End) StripRows(in Pool2DGeometry g, int oh)
    {
        int first = oh == 0 ? 0 : Math.Clamp((oh * g.StrideH) - g.PadTop, 0, g.H);
        int end = oh == g.OH - 1 ? g.H : Math.Clamp(((oh + 1) * g.StrideH) - g.PadTop, 0, g.H);
        return (first, end);
    }

    private static long StripFloats(in Pool2DGeometry g)
    {
        int rows = 0;
        for (int oh = 0; oh < g.OH; oh++)
        {
            (int first, int end) = StripRows(in g, oh);
            rows = Math.Max(rows, end - first);
        }

        return (((long)rows * g.W * g.C) + 15) & ~15L;
    }

    private static void RunBackward<TScatter, TE>(
        in CpuFrame f, BatchView x, BatchView dy, BatchView dx, in Pool2DGeometry g, in TE epilogue)
        where TScatter : struct, IScatter
        where TE : struct, IEpilogue
    {
        int strips = f.Batch * g.OH, parts = BackwardParts(strips, in g);
        f.Team.Run(new BackwardKernel<TScatter, TE>(x, dy, dx, f.Workers, g, strips, parts, epilogue), parts);
    }

    private static int BackwardParts(int strips, in Pool2DGeometry g) =>
        (int)Math.Min(strips, Elementwise.Parts((long)strips * g.OW * g.C * g.KernelH * g.KernelW));

    /// <summary>A window's elements inside the image, and which of their rows lie in the strip that is being computed.</summary>
    private readonly ref struct Window
    {
        public required nint Image { get; init; }

        public required nint Strip { get; init; }

        public required int Rows { get; init; }

        public required int Columns { get; init; }

        public required int FirstStripRow { get; init; }

        public required int EndStripRow { get; init; }

        public required nint RowStep { get; init; }

        public required nint ColumnStep { get; init; }
    }

    private readonly struct MeanScatter : IScatter
    {
        public static void Add(in Window window, Floats image, Floats dy, Floats strip, int channels)
        {
            float scale = 1f / (window.Rows * window.Columns);
            int width = Vector<float>.Count;
            for (int kh = window.FirstStripRow; kh < window.EndStripRow; kh++)
                for (int kw = 0; kw < window.Columns; kw++)
                {
                    Floats target = strip + (window.Strip + (kh * window.RowStep) + (kw * window.ColumnStep));
                    int c = 0;
                    for (; c <= channels - width; c += width) target.Store(c, target.Load(c) + (dy.Load(c) * scale));
                    for (; c < channels; c++) target[c] += dy[c] * scale;
                }
        }
    }

    private readonly struct BackwardKernel<TScatter, TE>(
        BatchView x, BatchView dy, BatchView dx, WorkerMemory memory, Pool2DGeometry g, int strips, int parts, TE epilogue)
        : IKernel
        where TScatter : struct, IScatter
        where TE : struct, IEpilogue
    {
        public void Run(int part, int worker)
        {
            Floats strip = memory.Of(worker);
            int end = (int)((long)strips * (part + 1) / parts);
            for (int i = (int)((long)strips * part / parts); i < end; i++)
            {
                (int sample, int oh) = Math.DivRem(i, g.OH);
                (int first, int last) = StripRows(in g, oh);
                strip.AsSpan((last - first) * g.W * g.C).Clear();

                // Window rows that reach into the strip, from the first whose last element is not above it.
                int reach = (g.KernelH - 1) * g.DilationH;
                int above = first + g.PadTop - reach;
                int from = above <= 0 ? 0 : (above + g.StrideH - 1) / g.StrideH;
                for (int row = from; row < g.OH && (row * g.StrideH) - g.PadTop < last; row++)
                    for (int ow = 0; ow < g.OW; ow++)
                        Scatter(sample, row, ow, first, last, strip);

                for (int position = first * g.W; position < last * g.W; position++)
                {
                    Floats sum = strip + ((nint)(position - (first * g.W)) * g.C);
                    epilogue.Store(sum, dx[sample] + ((nint)position * g.C), sample, position, 0, g.C);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Scatter(int sample, int oh, int ow, int first, int last, Floats strip)
        {
            int top = (oh * g.StrideH) - g.PadTop, left = (ow * g.StrideW) - g.PadLeft;
            (int firstH, int endH) = Inside(top, g.KernelH, g.DilationH, g.H);
            (int firstW, int endW) = Inside(left, g.KernelW, g.DilationW, g.W);
            if (endH <= firstH || endW <= firstW) return;
            top += firstH * g.DilationH;
            left += firstW * g.DilationW;
            (int firstStrip, int endStrip) = Inside(top - first, endH - firstH, g.DilationH, last - first);
            if (endStrip <= firstStrip) return;
            Window window = new()
            {
                Image = (((nint)top * g.W) + left) * g.C,
                Strip = (((nint)(top - first) * g.W) + left) * g.C,
                Rows = endH - firstH,
                Columns = endW - firstW,
                FirstStripRow = firstStrip,
                EndStripRow = endStrip,
                RowStep = (nint)g.DilationH * g.W * g.C,
                ColumnStep = (nint)g.DilationW * g.C,
            };
            Floats image = typeof(TScatter) == typeof(MaxScatter) ? x[sample] : default;
            TScatter.Add(in window, image, dy[sample] + ((((nint)oh * g.OW) + ow) * g.C), strip, g.C);
        }
    }
}
