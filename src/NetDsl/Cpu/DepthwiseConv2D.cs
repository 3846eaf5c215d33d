using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// Convolution of each channel of an image with a filter of its own, and its gradients. Channels lie next to each other, so a vector has neighbouring channels of one
/// place; filters are kernel height x kernel width x channels.
/// </summary>
public static class DepthwiseConv2D
{
    // Channels that share a cache line; the gradient by the filters is shared out by them.
    private const int Block = 16;

    /// <summary>y[i, j, c] = the sum over u, v of x[i stride + u dilation - pad, j stride + v dilation - pad, c] w[u, v, c].</summary>
    /// <param name="f">The run.</param>
    /// <param name="x">H x W x C a sample.</param>
    /// <param name="w">KernelH x KernelW x C.</param>
    /// <param name="y">OH x OW x C a sample.</param>
    /// <param name="g">The shapes.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored; its row is a position, its column a channel.</param>
    public static void Forward<TE>(in CpuFrame f, BatchView x, Floats w, BatchView y, in Pool2DGeometry g, in TE epilogue)
        where TE : struct, IEpilogue
    {
        int rows = f.Batch * g.OH, parts = Parts(rows, g.OW, in g);
        f.Team.Run(new ForwardKernel<TE>(x, w, y, f.Workers, g, rows, parts, epilogue), parts);
    }

    /// <summary>dx: each element's windows, times the filter.</summary>
    /// <param name="f">The run.</param>
    /// <param name="dy">OH x OW x C a sample.</param>
    /// <param name="w">KernelH x KernelW x C.</param>
    /// <param name="dx">H x W x C a sample.</param>
    /// <param name="g">The shapes.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored; its row is a position, its column a channel.</param>
    public static void InputGradient<TE>(in CpuFrame f, BatchView dy, Floats w, BatchView dx, in Pool2DGeometry g, in TE epilogue)
        where TE : struct, IEpilogue
    {
        int rows = f.Batch * g.H, parts = Parts(rows, g.W, in g);
        f.Team.Run(new InputGradientKernel<TE>(dy, w, dx, f.Workers, g, rows, parts, epilogue), parts);
    }

    /// <summary>
    /// dw[u, v, c] = the sum over the samples and i, j of x[i stride + u dilation - pad, ..., c] dy[i, j, c], sample by sample and row by row. The unit of work is a
    /// row of the filter and a block of channels, so that no sum is shared.
    /// </summary>
    /// <param name="f">The run.</param>
    /// <param name="x">H x W x C a sample.</param>
    /// <param name="dy">OH x OW x C a sample.</param>
    /// <param name="dw">KernelH x KernelW x C.</param>
    /// <param name="g">The shapes.</param>
    public static void FilterGradient(in CpuFrame f, BatchView x, BatchView dy, Floats dw, in Pool2DGeometry g)
    {
        int units = g.KernelH * ((g.C + Block - 1) / Block);
        int parts = (int)Math.Min(units, Elementwise.Parts((long)f.Batch * g.OH * g.OW * g.C * g.KernelH * g.KernelW));
        f.Team.Run(new FilterGradientKernel(x, dy, dw, g, f.Batch, units, parts), parts);
    }

    /// <summary>Working memory that <see cref="Forward"/> and <see cref="InputGradient"/> use.</summary>
    /// <param name="g">The shapes.</param>
    public static WorkingMemory Scratch(in Pool2DGeometry g) => new(worker: Pool2D.RowFloats(in g));

    private static int Parts(int rows, int places, in Pool2DGeometry g) =>
        (int)Math.Min(rows, Elementwise.Parts((long)rows * places * g.C * g.KernelH * g.KernelW));

    /// <summary>A whole vector or the first lanes of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(Floats from, nint at, int lanes) => lanes == Vector<float>.Count ? from.Load(at) : from.LoadPartial(at, lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Floats to, nint at, Vector<float> value, int lanes)
    {
        if (lanes == Vector<float>.Count) to.Store(at, value);
        else to.StorePartial(at, value, lanes);
    }

    private readonly struct ForwardKernel<TE>(BatchView x, Floats w, BatchView y, WorkerMemory memory, Pool2DGeometry g, int rows, int parts, TE epilogue) : IKernel
        where TE : struct, IEpilogue
    {
        public void Run(int part, int worker)
        {
            Floats sums = memory.Of(worker);
            int end = (int)((long)rows * (part + 1) / parts);
            for (int i = (int)((long)rows * part / parts); i < end; i++)
            {
                (int sample, int oh) = Math.DivRem(i, g.OH);
                for (int ow = 0; ow < g.OW; ow++)
                {
                    Place(x[sample], oh, ow, sums);
                    int row = (oh * g.OW) + ow;
                    epilogue.Store(sums, y[sample] + ((nint)row * g.C), sample, row, 0, g.C);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Place(Floats image, int oh, int ow, Floats sums)
        {
            int top = (oh * g.StrideH) - g.PadTop, left = (ow * g.StrideW) - g.PadLeft;
            (int firstH, int endH) = Pool2D.Inside(top, g.KernelH, g.DilationH, g.H);
            (int firstW, int endW) = Pool2D.Inside(left, g.KernelW, g.DilationW, g.W);
            nint stepH = (nint)g.DilationH * g.W * g.C, stepW = (nint)g.DilationW * g.C, filterRow = (nint)g.KernelW * g.C;
            Floats origin = image + (((((nint)top + (firstH * g.DilationH)) * g.W) + left + (firstW * g.DilationW)) * g.C);
            Floats filter = w + (((((nint)firstH * g.KernelW) + firstW) * g.C));
            int width = Vector<float>.Count, high = endH - firstH, wide = endW - firstW, c = 0;
            for (; c <= g.C - (4 * width); c += 4 * width)
            {
                Vector<float> a = Vector<float>.Zero, b = a, d = a, e = a;
                for (int u = 0; u < high; u++)
                {
                    Floats from = origin + ((u * stepH) + c), by = filter + ((u * filterRow) + c);
                    for (int v = 0; v < wide; v++)
                    {
                        a = Vector.MultiplyAddEstimate(from.Load(0), by.Load(0), a);
                        b = Vector.MultiplyAddEstimate(from.Load(width), by.Load(width), b);
                        d = Vector.MultiplyAddEstimate(from.Load(2 * width), by.Load(2 * width), d);
                        e = Vector.MultiplyAddEstimate(from.Load(3 * width), by.Load(3 * width), e);
                        from += stepW;
                        by += g.C;
                    }
                }

                sums.Store(c, a);
                sums.Store(c + width, b);
                sums.Store(c + (2 * width), d);
                sums.Store(c + (3 * width), e);
            }

            for (; c < g.C; c += width)
            {
                int lanes = Math.Min(width, g.C - c);
                Vector<float> sum = Vector<float>.Zero;
                for (int u = 0; u < high; u++)
                {
                    for (int v = 0; v < wide; v++)
                    {
                        nint from = (u * stepH) + (v * stepW) + c, by = (u * filterRow) + ((nint)v * g.C) + c;
                        sum = Vector.MultiplyAddEstimate(Load(origin, from, lanes), Load(filter, by, lanes), sum);
                    }
                }

                Store(sums, c, sum, lanes);
            }
        }
    }

    private readonly struct InputGradientKernel<TE>(BatchView dy, Floats w, BatchView dx, WorkerMemory memory, Pool2DGeometry g, int rows, int parts, TE epilogue) : IKernel
        where TE : struct, IEpilogue
    {
        public void Run(int part, int worker)
        {
            Floats sums = memory.Of(worker);
            int end = (int)((long)rows * (part + 1) / parts);
            for (int i = (int)((long)rows * part / parts); i < end; i++)
            {
                (int sample, int h) = Math.DivRem(i, g.H);
                for (int column = 0; column < g.W; column++)
                {
                    Place(dy[sample], h + g.PadTop, column + g.PadLeft, sums);
                    int row = (h * g.W) + column;
                    epilogue.Store(sums, dx[sample] + ((nint)row * g.C), sample, row, 0, g.C);
                }
            }
        }

        private void Place(Floats gradient, int below, int beside, Floats sums)
        {
            sums.AsSpan(g.C).Clear();
            for (int u = 0; u < g.KernelH; u++)
            {
                (int oh, int restH) = Math.DivRem(below - (u * g.DilationH), g.StrideH);
                if (below < u * g.DilationH || restH != 0 || oh >= g.OH) continue;
                for (int v = 0; v < g.KernelW; v++)
                {
                    (int ow, int restW) = Math.DivRem(beside - (v * g.DilationW), g.StrideW);
                    if (beside < v * g.DilationW || restW != 0 || ow >= g.OW) continue;
                    Add(gradient + ((((nint)oh * g.OW) + ow) * g.C), w + ((((nint)u * g.KernelW) + v) * g.C), sums);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Add(Floats from, Floats by, Floats sums)
        {
            int width = Vector<float>.Count, c = 0;
            for (; c <= g.C - width; c += width) sums.Store(c, Vector.MultiplyAddEstimate(from.Load(c), by.Load(c), sums.Load(c)));
            int rest = g.C - c;
            if (rest > 0) sums.StorePartial(c, Vector.MultiplyAddEstimate(from.LoadPartial(c, rest), by.LoadPartial(c, rest), sums.LoadPartial(c, rest)), rest);
        }
    }

    private readonly struct FilterGradientKernel(BatchView x, BatchView dy, Floats dw, Pool2DGeometry g, int batch, int units, int parts) : IKernel
    {
        public void Run(int part, int worker)
        {
            int end = (int)((long)units * (part + 1) / parts);
            for (int i = (int)((long)units * part / parts); i < end; i++)
            {
                (int block, int u) = Math.DivRem(i, g.KernelH);
                int first = block * Block, last = Math.Min(g.C, first + Block), width = Vector<float>.Count;
                for (int c = first; c < last; c += width) Channels(u, c, Math.Min(width, last - c));
            }
        }

        /// <summary>One row of the filter, a vector of channels.</summary>
        private void Channels(int u, int c, int lanes)
        {
            Floats sums = dw + (((nint)u * g.KernelW * g.C) + c);
            for (int v = 0; v < g.KernelW; v++) Store(sums, (nint)v * g.C, Vector<float>.Zero, lanes);
            for (int sample = 0; sample < batch; sample++)
            {
                for (int oh = 0; oh < g.OH; oh++)
                {
                    int h = (oh * g.StrideH) - g.PadTop + (u * g.DilationH);
                    if (h < 0 || h >= g.H) continue;
                    Floats image = x[sample] + (((nint)h * g.W * g.C) + c), gradient = dy[sample] + (((nint)oh * g.OW * g.C) + c);
                    for (int v = 0; v < g.KernelW; v++)
                    {
                        nint at = (nint)v * g.C;
                        Store(sums, at, Row(image, gradient, v, lanes, Load(sums, at, lanes)), lanes);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector<float> Row(Floats image, Floats gradient, int v, int lanes, Vector<float> sum)
        {
            // The results whose window has this element inside the image: 0 <= ow stride + side < W.
            int side = (v * g.DilationW) - g.PadLeft;
            int first = side >= 0 ? 0 : (-side + g.StrideW - 1) / g.StrideW;
            int end = side >= g.W ? 0 : Math.Min(g.OW, ((g.W - side - 1) / g.StrideW) + 1);
            nint step = (nint)g.StrideW * g.C;
            Vector<float> even = sum, odd = Vector<float>.Zero;
            int ow = first;
            if (lanes == Vector<float>.Count)
            {
                for (; ow < end - 1; ow += 2)
                {
                    nint from = (ow * step) + ((nint)side * g.C), by = (nint)ow * g.C;
                    even = Vector.MultiplyAddEstimate(image.Load(from), gradient.Load(by), even);
                    odd = Vector.MultiplyAddEstimate(image.Load(from + step), gradient.Load(by + g.C), odd);
                }
            }

            for (; ow < end; ow++)
            {
                nint from = (ow * step) + ((nint)side * g.C);
                even = Vector.MultiplyAddEstimate(Load(image, from, lanes), Load(gradient, (nint)ow * g.C, lanes), even);
            }

            return even + odd;
        }
    }
}
