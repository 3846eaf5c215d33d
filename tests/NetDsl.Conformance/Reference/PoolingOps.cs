using NetDsl.Generators.IR;

namespace NetDsl.Conformance.Reference;

/// <summary>Pooling of an image (H, W, C), channel by channel. A window that lies in the padding altogether has no meaning.</summary>
internal static class PoolingOps
{
    /// <summary>The maximum of each window; padding never wins.</summary>
    public static Tensor Max(Window window, Tensor x)
    {
        Tensor y = x.Like(WindowPlaces.Outputs(window, x.Shape, x.Last));
        foreach (var (sample, i, j, c) in Outputs(y))
        {
            WindowPlace winner = Winner(window, x, sample, i, j, c);
            y[sample, i, j, c] = x[sample, winner.Row, winner.Column, c];
        }

        return y;
    }

    /// <summary>dy goes to the first maximum of its window in row-major order.</summary>
    public static Tensor MaxGradient(Window window, Tensor x, Tensor dy)
    {
        Tensor dx = x.Like(x.Shape);
        foreach (var (sample, i, j, c) in Outputs(dy))
        {
            WindowPlace winner = Winner(window, x, sample, i, j, c);
            dx[sample, winner.Row, winner.Column, c] += dy[sample, i, j, c];
        }

        return dx;
    }

    /// <summary>The mean over the elements of each window that are not padding.</summary>
    public static Tensor Average(Window window, Tensor x)
    {
        Tensor y = x.Like(WindowPlaces.Outputs(window, x.Shape, x.Last));
        foreach (var (sample, i, j, c) in Outputs(y))
            y[sample, i, j, c] = Inside(window, x.Shape, i, j).Average(p => x[sample, p.Row, p.Column, c]);
        return y;
    }

    /// <summary>dy is shared out evenly over the elements of its window that are not padding.</summary>
    public static Tensor AverageGradient(Window window, int[] inputShape, Tensor dy)
    {
        Tensor dx = dy.Like(inputShape);
        foreach (var (sample, i, j, c) in Outputs(dy))
        {
            List<WindowPlace> places = Inside(window, inputShape, i, j);
            foreach (WindowPlace p in places) dx[sample, p.Row, p.Column, c] += dy[sample, i, j, c] / places.Count;
        }

        return dx;
    }

    private static WindowPlace Winner(Window window, Tensor x, int sample, int i, int j, int c)
    {
        List<WindowPlace> places = Inside(window, x.Shape, i, j);
        WindowPlace winner = places[0];
        foreach (WindowPlace p in places)
        {
            if (x[sample, p.Row, p.Column, c] > x[sample, winner.Row, winner.Column, c]) winner = p;
        }

        return winner;
    }

    private static List<WindowPlace> Inside(Window window, int[] image, int i, int j)
    {
        List<WindowPlace> places = [.. WindowPlaces.Of(window, image, i, j)];
        return places.Count > 0 ? places : throw new InvalidOperationException($"The window at ({i}, {j}) lies in the padding: {window}.");
    }

    private static IEnumerable<(int Sample, int I, int J, int C)> Outputs(Tensor y) =>
        from sample in Enumerable.Range(0, y.Samples)
        from i in Enumerable.Range(0, y.Shape[0])
        from j in Enumerable.Range(0, y.Shape[1])
        from c in Enumerable.Range(0, y.Shape[2])
        select (sample, i, j, c);
}
