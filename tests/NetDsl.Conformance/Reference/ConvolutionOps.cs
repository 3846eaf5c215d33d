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

    private static ref double Filter(Tensor w, WindowPlace p, int c, int f) =>
        ref w.Data[(((((p.U * w.Shape[1]) + p.V) * w.Shape[2]) + c) * w.Shape[3]) + f];
}
