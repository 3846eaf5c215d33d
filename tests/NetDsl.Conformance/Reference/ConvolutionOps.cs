using NetDsl.Generators.IR;

namespace NetDsl.Conformance.Reference;

/// <summary>Cross-correlation of an image (H, W, C) with a filter (kh, kw, C, F), and its two gradients.</summary>
internal static class ConvolutionOps
{
    public static Tensor Forward(Window window, Tensor x, Tensor w)
    {
        Tensor y = x.Like(WindowPlaces.Outputs(window, x.Shape, w.Last));
        foreach (WindowPlace p in WindowPlaces.Of(window, x.Shape))
        {
            for (int sample = 0; sample < x.Samples; sample++)
            {
                for (int f = 0; f < w.Last; f++)
                {
                    for (int c = 0; c < x.Last; c++) y[sample, p.I, p.J, f] += x[sample, p.Row, p.Column, c] * Filter(w, p, c, f);
                }
            }
        }

        return y;
    }

    /// <summary>Each product x w that went into y hands dy w back to x.</summary>
    public static Tensor InputGradient(Window window, int[] inputShape, Tensor dy, Tensor w)
    {
        Tensor dx = dy.Like(inputShape);
        foreach (WindowPlace p in WindowPlaces.Of(window, inputShape))
        {
            for (int sample = 0; sample < dy.Samples; sample++)
            {
                for (int f = 0; f < w.Last; f++)
                {
                    for (int c = 0; c < dx.Last; c++) dx[sample, p.Row, p.Column, c] += dy[sample, p.I, p.J, f] * Filter(w, p, c, f);
                }
            }
        }

        return dx;
    }

    /// <summary>Each product x w that went into y hands dy x back to w.</summary>
    public static Tensor FilterGradient(Window window, Tensor x, Tensor dy)
    {
        var dw = new Tensor(false, 1, [window.KernelHeight, window.KernelWidth, x.Last, dy.Last]);
        foreach (WindowPlace p in WindowPlaces.Of(window, x.Shape))
        {
            for (int sample = 0; sample < x.Samples; sample++)
            {
                for (int f = 0; f < dy.Last; f++)
                {
                    for (int c = 0; c < x.Last; c++) Filter(dw, p, c, f) += x[sample, p.Row, p.Column, c] * dy[sample, p.I, p.J, f];
                }
            }
        }

        return dw;
    }

    /// <summary>Each channel with its own filter (kh, kw, C).</summary>
    public static Tensor Depthwise(Window window, Tensor x, Tensor w)
    {
        Tensor y = x.Like(WindowPlaces.Outputs(window, x.Shape, x.Last));
        foreach ((WindowPlace p, int sample, int c) in Channels(window, x.Shape, x.Samples))
            y[sample, p.I, p.J, c] += x[sample, p.Row, p.Column, c] * ChannelFilter(w, p, c);
        return y;
    }

    public static Tensor DepthwiseInputGradient(Window window, int[] inputShape, Tensor dy, Tensor w)
    {
        Tensor dx = dy.Like(inputShape);
        foreach ((WindowPlace p, int sample, int c) in Channels(window, inputShape, dy.Samples))
            dx[sample, p.Row, p.Column, c] += dy[sample, p.I, p.J, c] * ChannelFilter(w, p, c);
        return dx;
    }

    public static Tensor DepthwiseFilterGradient(Window window, Tensor x, Tensor dy)
    {
        var dw = new Tensor(false, 1, [window.KernelHeight, window.KernelWidth, x.Last]);
        foreach ((WindowPlace p, int sample, int c) in Channels(window, x.Shape, x.Samples))
            ChannelFilter(dw, p, c) += x[sample, p.Row, p.Column, c] * dy[sample, p.I, p.J, c];
        return dw;
    }

    private static IEnumerable<(WindowPlace Place, int Sample, int Channel)> Channels(Window window, int[] shape, int samples) =>
        from place in WindowPlaces.Of(window, shape)
        from sample in Enumerable.Range(0, samples)
        from channel in Enumerable.Range(0, shape[2])
        select (place, sample, channel);

    private static ref double ChannelFilter(Tensor w, WindowPlace p, int c) => ref w.Data[(((p.U * w.Shape[1]) + p.V) * w.Shape[2]) + c];

    private static ref double Filter(Tensor w, WindowPlace p, int c, int f) =>
        ref w.Data[(((((p.U * w.Shape[1]) + p.V) * w.Shape[2]) + c) * w.Shape[3]) + f];
}
