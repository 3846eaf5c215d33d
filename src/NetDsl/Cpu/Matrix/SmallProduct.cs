using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// Products that take less time than it takes to plan, pack and share larger ones: rows one by one on the calling thread, the right
/// operand read where it lies. Every output element is the same chain over k as in
/// <see cref="ProductKernel{TRows, TColumns, TStore}"/>.
/// </summary>
internal static unsafe class SmallProduct
{
    // Multiply-adds: a microsecond.
    private const long MostWork = 16 * 1024;

    // Chains that hide the latency of a multiply-add.
    private const int Chains = 8;

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
        int sample = 0;
        if (n == 1 && rowsPerSample == 1)
        {
            for (; sample <= batch - Chains; sample += Chains) EightSums(x, w.Pointer, y, k, sample, in epilogue);
        }

        for (; sample < batch; sample++)
        {
            Floats left = x[sample], output = y[sample];
            for (int row = 0; row < rowsPerSample; row++, left += k, output += n)
                Row(left.Pointer, w, k, n, output, sample, row, in epilogue);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TE>(float* x, Floats w, int k, int n, Floats output, int sample, int row, in TE epilogue)
        where TE : struct, IEpilogue
    {
        int lanes = Vector<float>.Count, column = 0;
        for (; column <= n - (4 * lanes); column += 4 * lanes)
        {
            Vector<float> y0 = Vector<float>.Zero, y1 = y0, y2 = y0, y3 = y0;
            Floats right = w + column;
            for (int i = 0; i < k; i++, right += n)
            {
                Vector<float> left = new(x[i]);
                y0 = Vector.MultiplyAddEstimate(left, right.Load(0), y0);
                y1 = Vector.MultiplyAddEstimate(left, right.Load(lanes), y1);
                y2 = Vector.MultiplyAddEstimate(left, right.Load(2 * lanes), y2);
                y3 = Vector.MultiplyAddEstimate(left, right.Load(3 * lanes), y3);
            }

            output.Store(column, epilogue.Apply(y0, sample, row, column));
            output.Store(column + lanes, epilogue.Apply(y1, sample, row, column + lanes));
            output.Store(column + (2 * lanes), epilogue.Apply(y2, sample, row, column + (2 * lanes)));
            output.Store(column + (3 * lanes), epilogue.Apply(y3, sample, row, column + (3 * lanes)));
        }

        for (; column <= n - lanes; column += lanes)
        {
            Vector<float> sum = Vector<float>.Zero;
            Floats right = w + column;
            for (int i = 0; i < k; i++, right += n) sum = Vector.MultiplyAddEstimate(new Vector<float>(x[i]), right.Load(0), sum);
            output.Store(column, epilogue.Apply(sum, sample, row, column));
        }

        if (column < n) Rest(x, w + column, k, n, output + column, sample, row, column, in epilogue);
    }

    /// <summary>The columns that do not fill a vector.</summary>
    private static void Rest<TE>(float* x, Floats w, int k, int n, Floats output, int sample, int row, int column, in TE epilogue)
        where TE : struct, IEpilogue
    {
        int count = n - column;
        Vector<float> sums = Vector<float>.Zero;
        if (count == 1)
        {
            float sum = 0;
            for (int i = 0; i < k; i++) sum = float.MultiplyAddEstimate(x[i], w[(nint)i * n], sum);
            *(float*)&sums = sum;
        }
        else
        {
            for (int i = 0; i < k; i++, w += n) sums = Vector.MultiplyAddEstimate(new Vector<float>(x[i]), w.LoadPartial(0, count), sums);
        }

        epilogue.Store(new Floats((float*)&sums), output, sample, row, column, count);
    }

    /// <summary>The only column of eight samples of a single row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightSums<TE>(BatchView x, float* w, BatchView y, int k, int sample, in TE epilogue)
        where TE : struct, IEpilogue
    {
        nint step = x.Stride;
        float* a = x[sample].Pointer, b = a + (4 * step);
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        for (int i = 0; i < k; i++, a++, b++)
        {
            float right = w[i];
            s0 = float.MultiplyAddEstimate(a[0], right, s0);
            s1 = float.MultiplyAddEstimate(a[step], right, s1);
            s2 = float.MultiplyAddEstimate(a[2 * step], right, s2);
            s3 = float.MultiplyAddEstimate(a[3 * step], right, s3);
            s4 = float.MultiplyAddEstimate(b[0], right, s4);
            s5 = float.MultiplyAddEstimate(b[step], right, s5);
            s6 = float.MultiplyAddEstimate(b[2 * step], right, s6);
            s7 = float.MultiplyAddEstimate(b[3 * step], right, s7);
        }

        float* sums = stackalloc float[Chains] { s0, s1, s2, s3, s4, s5, s6, s7 };
        for (int i = 0; i < Chains; i++) epilogue.Store(new Floats(sums + i), y[sample + i], sample + i, 0, 0, 1);
    }
}
