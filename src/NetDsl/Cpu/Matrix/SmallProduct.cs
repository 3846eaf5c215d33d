using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// Products that take less time than it takes to plan, pack and share larger ones: rows one by one on the calling thread, both
/// operands read where they lie. Every output element is the same chain over k as in
/// <see cref="ProductKernel{TRows, TColumns, TStore}"/> and <see cref="GradientKernel{TStrips, TE}"/>.
/// </summary>
internal static unsafe class SmallProduct
{
    // Multiply-adds: a microsecond.
    private const long MostWork = 16 * 1024;

    // Vectors of a row that are computed at once: as many chains hide the latency of a multiply-add.
    private const int MaxVectors = 8;

    /// <summary>Whether a product is small.</summary>
    public static bool Fits(long rows, int k, int n) => rows * k * n <= MostWork;

    /// <summary>y[r, n] = sum over k of x[r, k] * w[k, n].</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="x">rowsPerSample x k a sample.</param>
    /// <param name="w">k x n.</param>
    /// <param name="y">rowsPerSample x n a sample.</param>
    /// <param name="rowsPerSample">Rows a sample.</param>
    /// <param name="k">Elements of a row of x.</param>
    /// <param name="n">Elements of a row of y.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored.</param>
    public static void Run<TE>(int batch, BatchView x, Floats w, BatchView y, int rowsPerSample, int k, int n, in TE epilogue)
        where TE : struct, IEpilogue
    {
        for (int sample = 0; sample < batch; sample++)
        {
            Floats left = x[sample], output = y[sample];
            for (int row = 0; row < rowsPerSample; row++, left += k, output += n)
                Row(left.Pointer, 1, w, n, k, n, output, sample, row, in epilogue);
        }
    }

    /// <summary>dw[m, n] = sum over the rows r of x[r, m] * dy[r, n].</summary>
    /// <param name="x">The first row of x.</param>
    /// <param name="xStep">Elements from one row of x to the next.</param>
    /// <param name="dy">The first row of dy.</param>
    /// <param name="dyStep">Elements from one row of dy to the next.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="dw">m x n.</param>
    /// <param name="m">Elements of a row of x.</param>
    /// <param name="n">Elements of a row of dy.</param>
    /// <param name="epilogue">What is done to each finished row before it is stored.</param>
    public static void Gradient<TE>(Floats x, nint xStep, Floats dy, nint dyStep, int rows, Floats dw, int m, int n, in TE epilogue)
        where TE : struct, IEpilogue
    {
        if (n > 1 || m > MaxVectors * Vector<float>.Count)
        {
            for (int i = 0; i < m; i++) Row(x.Pointer + i, xStep, dy, dyStep, rows, n, dw + ((nint)i * n), 0, i, in epilogue);
            return;
        }

        // One column: the other way round it is one row of vectors.
        float* sums = stackalloc float[MaxVectors * Vector<float>.Count];
        Sums(dy.Pointer, dyStep, x.Pointer, xStep, rows, m, 0, m, sums);
        for (int i = 0; i < m; i++) epilogue.Store(new Floats(sums + i), dw + i, 0, i, 0, 1);
    }

    /// <summary>output[n] = sum over k of left[k * leftStep] * right[k * rightStep + n].</summary>
    private static void Row<TE>(
        float* left, nint leftStep, Floats right, nint rightStep, int k, int n, Floats output, int sample, int row, in TE epilogue)
        where TE : struct, IEpilogue
    {
        float* sums = stackalloc float[MaxVectors * Vector<float>.Count];
        for (int column = 0; column < n; column += MaxVectors * Vector<float>.Count)
        {
            int count = Math.Min(n - column, MaxVectors * Vector<float>.Count);
            Sums(left, leftStep, right.Pointer, rightStep, k, n, column, count, sums);
            epilogue.Store(new Floats(sums), output + column, sample, row, column, count);
        }
    }

    private static void Sums(float* left, nint leftStep, float* right, nint rightStep, int k, int n, int column, int count, float* sums)
    {
        int lanes = Vector<float>.Count, vectors = Cut.Ceiling(count, lanes), last = count - ((vectors - 1) * lanes);

        // The last vector may reach into the operand's next rows, and past its end only in the last of them.
        int whole = last == lanes ? k : (int)Math.Max(0, k - 1 - ((column + (vectors * lanes) - n + rightStep - 1) / rightStep) + 1);
        right += column;
        switch (vectors)
        {
            case 1: Sums<Height1>(left, leftStep, right, rightStep, k, whole, last, sums); return;
            case 2: Sums<Height2>(left, leftStep, right, rightStep, k, whole, last, sums); return;
            case 3: Sums<Height3>(left, leftStep, right, rightStep, k, whole, last, sums); return;
            case 4: Sums<Height4>(left, leftStep, right, rightStep, k, whole, last, sums); return;
            case 5: Sums<Height5>(left, leftStep, right, rightStep, k, whole, last, sums); return;
            case 6: Sums<Height6>(left, leftStep, right, rightStep, k, whole, last, sums); return;
            case 7: Sums<Height7>(left, leftStep, right, rightStep, k, whole, last, sums); return;
            default: Sums<Height8>(left, leftStep, right, rightStep, k, whole, last, sums); return;
        }
    }

    /// <summary>Sums of some neighbouring vectors.</summary>
    /// <param name="left">The left operand's first element.</param>
    /// <param name="leftStep">Elements to its next.</param>
    /// <param name="right">The right operand's first row.</param>
    /// <param name="rightStep">Elements to its next.</param>
    /// <param name="k">Values of k.</param>
    /// <param name="whole">Values of k for which a whole vector may be read at the end of a row.</param>
    /// <param name="last">Columns in the last vector.</param>
    /// <param name="sums">Receives them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sums<TVectors>(float* left, nint leftStep, float* right, nint rightStep, int k, int whole, int last, float* sums)
        where TVectors : struct, IHeight
    {
        int lanes = Vector<float>.Count;
        Vector<float> y0 = Vector<float>.Zero, y1 = y0, y2 = y0, y3 = y0, y4 = y0, y5 = y0, y6 = y0, y7 = y0;
        for (int i = 0; i < k; i++, left += leftStep, right += rightStep)
        {
            Vector<float> x = new(*left), end = i < whole ? Load(right, TVectors.Rows - 1) : new Floats(right).LoadPartial((TVectors.Rows - 1) * lanes, last);
            y0 = Vector.MultiplyAddEstimate(x, TVectors.Rows == 1 ? end : Load(right, 0), y0);
            if (TVectors.Rows > 1) y1 = Vector.MultiplyAddEstimate(x, TVectors.Rows == 2 ? end : Load(right, 1), y1);
            if (TVectors.Rows > 2) y2 = Vector.MultiplyAddEstimate(x, TVectors.Rows == 3 ? end : Load(right, 2), y2);
            if (TVectors.Rows > 3) y3 = Vector.MultiplyAddEstimate(x, TVectors.Rows == 4 ? end : Load(right, 3), y3);
            if (TVectors.Rows > 4) y4 = Vector.MultiplyAddEstimate(x, TVectors.Rows == 5 ? end : Load(right, 4), y4);
            if (TVectors.Rows > 5) y5 = Vector.MultiplyAddEstimate(x, TVectors.Rows == 6 ? end : Load(right, 5), y5);
            if (TVectors.Rows > 6) y6 = Vector.MultiplyAddEstimate(x, TVectors.Rows == 7 ? end : Load(right, 6), y6);
            if (TVectors.Rows > 7) y7 = Vector.MultiplyAddEstimate(x, end, y7);
        }

        Floats target = new(sums);
        target.Store(0, y0);
        if (TVectors.Rows > 1) target.Store(lanes, y1);
        if (TVectors.Rows > 2) target.Store(2 * lanes, y2);
        if (TVectors.Rows > 3) target.Store(3 * lanes, y3);
        if (TVectors.Rows > 4) target.Store(4 * lanes, y4);
        if (TVectors.Rows > 5) target.Store(5 * lanes, y5);
        if (TVectors.Rows > 6) target.Store(6 * lanes, y6);
        if (TVectors.Rows > 7) target.Store(7 * lanes, y7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(float* row, int vector) => Unsafe.ReadUnaligned<Vector<float>>(row + (vector * Vector<float>.Count));
}
