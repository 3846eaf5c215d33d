namespace NetDsl.Cpu;

/// <summary>Two-dimensional convolutions of images in height x width x channels order and their gradients.</summary>
public static class Conv2D
{
    /// <summary>y[oh, ow, f] = sum over kh, kw, c, in this order, of x[oh * strideH + kh * dilationH - padTop, ow * strideW + kw * dilationW - padLeft, c] * w[kh, kw, c, f].</summary>
    /// <param name="f">The run.</param>
    /// <param name="x">H x W x C a sample.</param>
    /// <param name="w">KH x KW x C x F.</param>
    /// <param name="y">OH x OW x F a sample.</param>
    /// <param name="g">The shapes.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored; its row is a position, its column a filter.</param>
    public static void Forward<TE>(in CpuFrame f, BatchView x, Floats w, BatchView y, in Conv2DGeometry g, in TE epilogue)
        where TE : struct, IEpilogue =>
        f.Team.Run(new ForwardKernel<TE>(x, w, y, f.Scratch, g, epilogue), f.Batch * g.OH * g.OW);

    /// <summary>Gradient by the input: what <see cref="Forward"/> is linear in, transposed.</summary>
    /// <param name="f">The run.</param>
    /// <param name="dy">OH x OW x F a sample.</param>
    /// <param name="w">KH x KW x C x F.</param>
    /// <param name="dx">H x W x C a sample.</param>
    /// <param name="g">The shapes of the forward convolution.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored; its row is a position, its column a channel.</param>
    public static void InputGradient<TE>(in CpuFrame f, BatchView dy, Floats w, BatchView dx, in Conv2DGeometry g, in TE epilogue)
        where TE : struct, IEpilogue =>
        f.Team.Run(new InputGradientKernel<TE>(dy, w, dx, f.Scratch, g, epilogue), f.Batch * g.H * g.W);

    /// <summary>Gradient by the filter, summed over the batch and all positions.</summary>
    /// <param name="f">The run.</param>
    /// <param name="x">H x W x C a sample.</param>
    /// <param name="dy">OH x OW x F a sample.</param>
    /// <param name="dw">KH x KW x C x F.</param>
    /// <param name="g">The shapes of the forward convolution.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored; its sample is 0, its row an index of KH x KW x C, its column a filter.</param>
    public static void FilterGradient<TE>(in CpuFrame f, BatchView x, BatchView dy, Floats dw, in Conv2DGeometry g, in TE epilogue)
        where TE : struct, IEpilogue =>
        f.Team.Run(new FilterGradientKernel<TE>(x, dy, dw, f.Scratch, f.Batch, g, epilogue), g.KH * g.KW * g.C);

    /// <summary>Floats of <see cref="CpuFrame.Scratch"/> that <see cref="Forward"/> uses.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="g">The shapes.</param>
    /// <param name="threads">Workers.</param>
    public static long ForwardScratch(int batch, in Conv2DGeometry g, int threads) => (long)threads * g.F;

    /// <summary>Floats of <see cref="CpuFrame.Scratch"/> that <see cref="InputGradient"/> uses.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="g">The shapes.</param>
    /// <param name="threads">Workers.</param>
    public static long InputGradientScratch(int batch, in Conv2DGeometry g, int threads) => (long)threads * g.C;

    /// <summary>Floats of <see cref="CpuFrame.Scratch"/> that <see cref="FilterGradient"/> uses.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="g">The shapes.</param>
    /// <param name="threads">Workers.</param>
    public static long FilterGradientScratch(int batch, in Conv2DGeometry g, int threads) => (long)threads * g.F;

    private readonly struct ForwardKernel<TE>(BatchView x, Floats w, BatchView y, Floats scratch, Conv2DGeometry g, TE epilogue) : IKernel
        where TE : struct, IEpilogue
    {
        public void Run(int part, int worker)
        {
            (int sample, int row) = Math.DivRem(part, g.OH * g.OW);
            (int oh, int ow) = Math.DivRem(row, g.OW);
            Floats sum = scratch + ((nint)worker * g.F);
            sum.AsSpan(g.F).Clear();
            for (int kh = 0; kh < g.KH; kh++)
            {
                int ih = (oh * g.StrideH) + (kh * g.DilationH) - g.PadTop;
                if (ih < 0 || ih >= g.H) continue;
                for (int kw = 0; kw < g.KW; kw++)
                {
                    int iw = (ow * g.StrideW) + (kw * g.DilationW) - g.PadLeft;
                    if (iw < 0 || iw >= g.W) continue;
                    for (int c = 0; c < g.C; c++)
                    {
                        float a = x[sample][(((nint)ih * g.W) + iw) * g.C + c];
                        Floats b = w + (((((nint)kh * g.KW) + kw) * g.C) + c) * g.F;
                        for (int j = 0; j < g.F; j++) sum[j] = float.FusedMultiplyAdd(a, b[j], sum[j]);
                    }
                }
            }

            epilogue.Store(sum, y[sample] + ((nint)row * g.F), sample, row, 0, g.F);
        }
    }

    private readonly struct InputGradientKernel<TE>(BatchView dy, Floats w, BatchView dx, Floats scratch, Conv2DGeometry g, TE epilogue) : IKernel
        where TE : struct, IEpilogue
    {
        public void Run(int part, int worker)
        {
            (int sample, int row) = Math.DivRem(part, g.H * g.W);
            (int ih, int iw) = Math.DivRem(row, g.W);
            Floats sum = scratch + ((nint)worker * g.C);
            sum.AsSpan(g.C).Clear();
            for (int kh = g.KH - 1; kh >= 0; kh--)
            {
                (int oh, int offH) = Math.DivRem(ih + g.PadTop - (kh * g.DilationH), g.StrideH);
                if (offH != 0 || oh < 0 || oh >= g.OH) continue;
                for (int kw = g.KW - 1; kw >= 0; kw--)
                {
                    (int ow, int offW) = Math.DivRem(iw + g.PadLeft - (kw * g.DilationW), g.StrideW);
                    if (offW != 0 || ow < 0 || ow >= g.OW) continue;
                    Floats a = dy[sample] + (((nint)oh * g.OW) + ow) * g.F;
                    Floats b = w + (((nint)kh * g.KW) + kw) * g.C * g.F;
                    for (int j = 0; j < g.F; j++)
                        for (int c = 0; c < g.C; c++) sum[c] = float.FusedMultiplyAdd(a[j], b[((nint)c * g.F) + j], sum[c]);
                }
            }

            epilogue.Store(sum, dx[sample] + ((nint)row * g.C), sample, row, 0, g.C);
        }
    }

    private readonly struct FilterGradientKernel<TE>(
        BatchView x, BatchView dy, Floats dw, Floats scratch, int batch, Conv2DGeometry g, TE epilogue)
        : IKernel
        where TE : struct, IEpilogue
    {
        public void Run(int part, int worker)
        {
            (int tap, int c) = Math.DivRem(part, g.C);
            (int kh, int kw) = Math.DivRem(tap, g.KW);
            Floats sum = scratch + ((nint)worker * g.F);
            sum.AsSpan(g.F).Clear();
            for (int sample = 0; sample < batch; sample++)
                for (int oh = 0; oh < g.OH; oh++)
                {
                    int ih = (oh * g.StrideH) + (kh * g.DilationH) - g.PadTop;
                    if (ih < 0 || ih >= g.H) continue;
                    for (int ow = 0; ow < g.OW; ow++)
                    {
                        int iw = (ow * g.StrideW) + (kw * g.DilationW) - g.PadLeft;
                        if (iw < 0 || iw >= g.W) continue;
                        float a = x[sample][(((nint)ih * g.W) + iw) * g.C + c];
                        Floats b = dy[sample] + (((nint)oh * g.OW) + ow) * g.F;
                        for (int j = 0; j < g.F; j++) sum[j] = float.FusedMultiplyAdd(a, b[j], sum[j]);
                    }
                }

            epilogue.Store(sum, dw + ((nint)part * g.F), 0, part, 0, g.F);
        }
    }
}
