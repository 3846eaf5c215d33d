using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>Two-dimensional pooling of images in height x width x channels order and its gradients.</summary>
public static partial class Pool2D
{
    /// <summary>The greatest element of each window; NaN where there is one. Padding takes no part.</summary>
    /// <param name="f">The run.</param>
    /// <param name="x">H x W x C a sample.</param>
    /// <param name="y">OH x OW x C a sample.</param>
    /// <param name="g">The shapes.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored; its row is a position, its column a channel.</param>
    public static void MaxForward<TE>(in CpuFrame f, BatchView x, BatchView y, in Pool2DGeometry g, in TE epilogue)
        where TE : struct, IEpilogue =>
        RunForward<MaxReducer, TE>(in f, x, y, in g, in epilogue);

    /// <summary>The mean of each window's elements; padding is not counted.</summary>
    /// <param name="f">The run.</param>
    /// <param name="x">H x W x C a sample.</param>
    /// <param name="y">OH x OW x C a sample.</param>
    /// <param name="g">The shapes.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored; its row is a position, its column a channel.</param>
    public static void AverageForward<TE>(in CpuFrame f, BatchView x, BatchView y, in Pool2DGeometry g, in TE epilogue)
        where TE : struct, IEpilogue =>
        RunForward<MeanReducer, TE>(in f, x, y, in g, in epilogue);

    /// <summary>Working memory that <see cref="MaxForward"/> uses.</summary>
    /// <param name="g">The shapes.</param>
    public static WorkingMemory MaxForwardScratch(in Pool2DGeometry g) => new(worker: RowFloats(in g));

    /// <summary>Working memory that <see cref="AverageForward"/> uses.</summary>
    /// <param name="g">The shapes.</param>
    public static WorkingMemory AverageForwardScratch(in Pool2DGeometry g) => MaxForwardScratch(in g);

    internal static int RowFloats(in Pool2DGeometry g) => (g.C + 15) & ~15;

    /// <summary>First element of a window's axis inside the image and the one after the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (int First, int End) Inside(int origin, int kernel, int dilation, int extent)
    {
        int first = origin >= 0 ? 0 : (-origin + dilation - 1) / dilation;
        int end = origin >= extent ? 0 : Math.Min(kernel, (extent - origin + dilation - 1) / dilation);
        return (first, end);
    }

    private static void RunForward<TReducer, TE>(in CpuFrame f, BatchView x, BatchView y, in Pool2DGeometry g, in TE epilogue)
        where TReducer : struct, IPoolReducer
        where TE : struct, IEpilogue
    {
        int rows = f.Batch * g.OH;
        int parts = (int)Math.Min(rows, Elementwise.Parts((long)rows * g.OW * g.C * g.KernelH * g.KernelW));
        if (SquareForwardKernel<TReducer, TE>.Fits(in g)) f.Team.Run(new SquareForwardKernel<TReducer, TE>(x, y, g, rows, parts, epilogue), parts);
        else f.Team.Run(new ForwardKernel<TReducer, TE>(x, y, f.Workers, g, rows, parts, epilogue), parts);
    }

    private readonly struct ForwardKernel<TReducer, TE>(
        BatchView x, BatchView y, WorkerMemory memory, Pool2DGeometry g, int rows, int parts, TE epilogue)
        : IKernel
        where TReducer : struct, IPoolReducer
        where TE : struct, IEpilogue
    {
        public void Run(int part, int worker)
        {
            Floats result = memory.Of(worker);
            int end = (int)((long)rows * (part + 1) / parts);
            for (int i = (int)((long)rows * part / parts); i < end; i++)
            {
                (int sample, int oh) = Math.DivRem(i, g.OH);
                for (int ow = 0; ow < g.OW; ow++)
                {
                    Window(x[sample], oh, ow, result);
                    int row = (oh * g.OW) + ow;
                    epilogue.Store(result, y[sample] + ((nint)row * g.C), sample, row, 0, g.C);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Window(Floats image, int oh, int ow, Floats result)
        {
            int top = (oh * g.StrideH) - g.PadTop, left = (ow * g.StrideW) - g.PadLeft;
            (int firstH, int endH) = Inside(top, g.KernelH, g.DilationH, g.H);
            (int firstW, int endW) = Inside(left, g.KernelW, g.DilationW, g.W);
            float scale = TReducer.Scale(Math.Max(0, endH - firstH) * Math.Max(0, endW - firstW));
            nint stepH = (nint)g.DilationH * g.W * g.C, stepW = (nint)g.DilationW * g.C;
            Floats origin = image + (((((nint)top + (firstH * g.DilationH)) * g.W) + left + (firstW * g.DilationW)) * g.C);
            int width = Vector<float>.Count, c = 0;
            for (; c <= g.C - width; c += width)
            {
                Vector<float> state = TReducer.Start;
                for (int kh = 0; kh < endH - firstH; kh++)
                    for (int kw = 0; kw < endW - firstW; kw++)
                        state = TReducer.Add(state, origin.Load((kh * stepH) + (kw * stepW) + c));
                result.Store(c, state * scale);
            }

            for (; c < g.C; c++)
            {
                float state = TReducer.ScalarStart;
                for (int kh = 0; kh < endH - firstH; kh++)
                    for (int kw = 0; kw < endW - firstW; kw++)
                        state = TReducer.Add(state, origin[(kh * stepH) + (kw * stepW) + c]);
                result[c] = state * scale;
            }
        }
    }
}
