using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// A product with one column, as the last layer of a regression or of a yes or no is: each row's dot product with the weights. A row is
/// summed in four vectors of partial sums that are added at its end, so the order depends on its length alone.
/// </summary>
internal readonly unsafe struct RowDots<TE>(BatchView x, float* w, BatchView y, int rowsPerSample, int k, int rows, int parts, TE epilogue) : IKernel
    where TE : struct, IEpilogue
{
    // Multiply-adds of a part: some microseconds.
    private const long PartWork = 64 * 1024;

    /// <summary>y[r] = sum over k of x[r, k] * w[k] for every row r of every sample.</summary>
    public static void Run(in CpuFrame f, BatchView x, Floats w, BatchView y, int rowsPerSample, int k, in TE epilogue)
    {
        int rows = f.Batch * rowsPerSample;
        int parts = (int)Math.Clamp((long)rows * k / PartWork, 1, rows);
        RowDots<TE> kernel = new(x, w.Pointer, y, rowsPerSample, k, rows, parts, epilogue);
        if (parts == 1) kernel.Run(0, 0);
        else f.Team.Run(in kernel, parts);
    }

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        int first = Cut.Start(rows, parts, part), end = Cut.Start(rows, parts, part + 1);
        (int sample, int row) = Math.DivRem(first, rowsPerSample);
        for (int i = first; i < end; i++)
        {
            float sum = Dot(x[sample].Pointer + ((nint)row * k), w, k);
            epilogue.Store(new Floats(&sum), y[sample] + row, sample, row, 0, 1);
            if (++row == rowsPerSample) (sample, row) = (sample + 1, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot(float* left, float* right, int k)
    {
        int lanes = Vector<float>.Count, i = 0;
        Floats a = new(left), b = new(right);
        Vector<float> y0 = Vector<float>.Zero, y1 = y0, y2 = y0, y3 = y0;
        for (; i <= k - (4 * lanes); i += 4 * lanes)
        {
            y0 = Vector.MultiplyAddEstimate(a.Load(i), b.Load(i), y0);
            y1 = Vector.MultiplyAddEstimate(a.Load(i + lanes), b.Load(i + lanes), y1);
            y2 = Vector.MultiplyAddEstimate(a.Load(i + (2 * lanes)), b.Load(i + (2 * lanes)), y2);
            y3 = Vector.MultiplyAddEstimate(a.Load(i + (3 * lanes)), b.Load(i + (3 * lanes)), y3);
        }

        for (; i <= k - lanes; i += lanes) (y0, y1, y2, y3) = (y1, y2, y3, Vector.MultiplyAddEstimate(a.Load(i), b.Load(i), y0));
        if (i < k) y0 = Vector.MultiplyAddEstimate(a.LoadPartial(i, k - i), b.LoadPartial(i, k - i), y0);
        return Vector.Sum(y0 + y1 + (y2 + y3));
    }
}
