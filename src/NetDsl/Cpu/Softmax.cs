using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// Softmax over the last axis and the cross-entropy loss fused with it. The row's greatest element is subtracted before exp,
/// so nothing overflows. The unit of work is a row, and the order of its sums depends on the number of classes alone.
/// </summary>
public static partial class Softmax
{
    /// <summary>y = exp(x - max x) / sum of exp(x - max x) of each row.</summary>
    /// <param name="f">The run.</param>
    /// <param name="x">Logits: rows x classes a sample.</param>
    /// <param name="y">Probabilities, of the same shape; may be the logits' memory.</param>
    /// <param name="rows">Rows a sample.</param>
    /// <param name="classes">Elements of a row.</param>
    public static void Forward(in CpuFrame f, BatchView x, BatchView y, int rows, int classes) =>
        Run(in f, new ForwardRow(x, y, classes), rows, classes);

    /// <summary>dx = y * (dy - sum of dy * y) of each row.</summary>
    /// <param name="f">The run.</param>
    /// <param name="y">What <see cref="Forward"/> gave.</param>
    /// <param name="dy">Gradient by y.</param>
    /// <param name="dx">Gradient by x; may be the memory of <paramref name="y"/> or <paramref name="dy"/>.</param>
    /// <param name="rows">Rows a sample.</param>
    /// <param name="classes">Elements of a row.</param>
    public static void Backward(in CpuFrame f, BatchView y, BatchView dy, BatchView dx, int rows, int classes) =>
        Run(in f, new BackwardRow(y, dy, dx, classes), rows, classes);

    /// <summary>loss = ln(sum of exp(x - max x)) - (x[label] - max x) of each row.</summary>
    /// <param name="f">The run.</param>
    /// <param name="logits">Rows x classes a sample.</param>
    /// <param name="labels">32-bit integers from 0 to classes - 1, one a row.</param>
    /// <param name="loss">One value a row.</param>
    /// <param name="rows">Rows a sample.</param>
    /// <param name="classes">Elements of a row.</param>
    public static void CrossEntropy(in CpuFrame f, BatchView logits, BatchView labels, BatchView loss, int rows, int classes) =>
        Run(in f, new LossRow(logits, labels, loss, classes), rows, classes);

    /// <summary>dlogits = (softmax(logits) - onehot(label)) * g of each row.</summary>
    /// <param name="f">The run.</param>
    /// <param name="logits">Rows x classes a sample.</param>
    /// <param name="labels">32-bit integers from 0 to classes - 1, one a row.</param>
    /// <param name="g">Gradient by the loss, one value a row.</param>
    /// <param name="dlogits">Gradient by the logits; may be their memory.</param>
    /// <param name="rows">Rows a sample.</param>
    /// <param name="classes">Elements of a row.</param>
    public static void CrossEntropyGradient(
        in CpuFrame f, BatchView logits, BatchView labels, BatchView g, BatchView dlogits, int rows, int classes) =>
        Run(in f, new GradientRow(logits, labels, g, dlogits, classes), rows, classes);

    /// <summary>Loss and gradient at once: as <see cref="CrossEntropy"/> and <see cref="CrossEntropyGradient"/> with the same g for every row.</summary>
    /// <param name="f">The run.</param>
    /// <param name="logits">Rows x classes a sample.</param>
    /// <param name="labels">32-bit integers from 0 to classes - 1, one a row.</param>
    /// <param name="loss">One value a row, not scaled.</param>
    /// <param name="dlogits">Gradient by the logits; may be their memory.</param>
    /// <param name="rows">Rows a sample.</param>
    /// <param name="classes">Elements of a row.</param>
    /// <param name="scale">Gradient by each row's loss.</param>
    public static void CrossEntropyWithGradient(
        in CpuFrame f, BatchView logits, BatchView labels, BatchView loss, BatchView dlogits, int rows, int classes, float scale) =>
        Run(in f, new LossAndGradientRow(logits, labels, loss, dlogits, classes, scale), rows, classes);

    private interface IRow
    {
        void Run(int sample, int row);
    }

    private static void Run<TRow>(in CpuFrame f, TRow body, int rows, int classes)
        where TRow : struct, IRow
    {
        long total = (long)f.Batch * rows;

        // exp makes an element some eight times as dear as plain elementwise work.
        int parts = (int)Math.Min(total, Elementwise.Parts(8 * total * classes));
        f.Team.Run(new RowKernel<TRow>(body, rows, total, parts), parts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Max(Floats x, int classes)
    {
        int width = Vector<float>.Count, i = 0;
        float max = float.NegativeInfinity;
        if (classes >= width)
        {
            Vector<float> greatest = x.Load(0);
            for (i = width; i <= classes - width; i += width) greatest = Vector.Max(greatest, x.Load(i));
            max = VectorMath.Greatest(greatest);
        }

        for (; i < classes; i++) max = MathF.Max(max, x[i]);
        return max;
    }

    /// <summary>y = exp(x - max) and its sum: lane by lane over whole vectors and the padded rest, then over the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float ExpAndSum(Floats x, Floats y, int classes, float max)
    {
        int width = Vector<float>.Count, i = 0;
        Vector<float> shift = new(max), sum = Vector<float>.Zero;
        for (; i <= classes - width; i += width)
        {
            Vector<float> e = VectorMath.ExpOfNegative(x.Load(i) - shift);
            y.Store(i, e);
            sum += e;
        }

        float total = Vector.Sum(sum);
        if (i < classes)
        {
            int rest = classes - i;
            y.StorePartial(i, VectorMath.ExpOfNegative(x.LoadPartial(i, rest) - shift), rest);
            for (; i < classes; i++) total += y[i];
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float ExpSum(Floats x, int classes, float max)
    {
        int width = Vector<float>.Count, i = 0;
        Vector<float> shift = new(max), sum = Vector<float>.Zero;
        for (; i <= classes - width; i += width) sum += VectorMath.ExpOfNegative(x.Load(i) - shift);
        float total = Vector.Sum(sum);
        if (i < classes)
        {
            int rest = classes - i;
            Vector<float> e = VectorMath.ExpOfNegative(x.LoadPartial(i, rest) - shift);
            for (int lane = 0; lane < rest; lane++) total += e[lane];
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(Floats y, int classes, float first, float second)
    {
        int width = Vector<float>.Count, i = 0;
        for (; i <= classes - width; i += width) y.Store(i, y.Load(i) * first * second);
        for (; i < classes; i++) y[i] = y[i] * first * second;
    }

    /// <summary>dlogits = (softmax - onehot) * g; gives the row's loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float LossAndGradient(Floats logits, Floats dlogits, int label, int classes, float g)
    {
        float max = Max(logits, classes);
        float atLabel = logits[label] - max;
        float sum = ExpAndSum(logits, dlogits, classes, max);
        float inverse = 1f / sum;
        float probability = dlogits[label] * inverse;
        Scale(dlogits, classes, inverse, g);
        dlogits[label] = (probability - 1f) * g;
        return Log(sum) - atLabel;
    }

    private static float Log(float x) => VectorMath.Log(new Vector<float>(x))[0];

    private readonly struct RowKernel<TRow>(TRow body, int rows, long total, int parts) : IKernel
        where TRow : struct, IRow
    {
        public void Run(int part, int worker)
        {
            long end = total * (part + 1) / parts;
            for (long i = total * part / parts; i < end; i++)
            {
                (long sample, long row) = Math.DivRem(i, rows);
                body.Run((int)sample, (int)row);
            }
        }
    }

    private readonly struct ForwardRow(BatchView x, BatchView y, int classes) : IRow
    {
        public void Run(int sample, int row)
        {
            Floats from = x[sample] + ((nint)row * classes), to = y[sample] + ((nint)row * classes);
            float sum = ExpAndSum(from, to, classes, Max(from, classes));
            Scale(to, classes, 1f / sum, 1f);
        }
    }

    private readonly struct BackwardRow(BatchView y, BatchView dy, BatchView dx, int classes) : IRow
    {
        public void Run(int sample, int row)
        {
            nint start = (nint)row * classes;
            Floats p = y[sample] + start, g = dy[sample] + start, to = dx[sample] + start;
            int width = Vector<float>.Count, i = 0;
            Vector<float> sum = Vector<float>.Zero;
            for (; i <= classes - width; i += width) sum = Vector.MultiplyAddEstimate(p.Load(i), g.Load(i), sum);
            float dot = Vector.Sum(sum);
            for (; i < classes; i++) dot += p[i] * g[i];

            Vector<float> shift = new(dot);
            for (i = 0; i <= classes - width; i += width) to.Store(i, p.Load(i) * (g.Load(i) - shift));
            for (; i < classes; i++) to[i] = p[i] * (g[i] - dot);
        }
    }

    private readonly struct LossRow(BatchView logits, BatchView labels, BatchView loss, int classes) : IRow
    {
        public void Run(int sample, int row)
        {
            Floats x = logits[sample] + ((nint)row * classes);
            float max = Max(x, classes);
            loss[sample][row] = Log(ExpSum(x, classes, max)) - (x[labels[sample].AsInts()[row]] - max);
        }
    }

    private readonly struct GradientRow(BatchView logits, BatchView labels, BatchView g, BatchView dlogits, int classes) : IRow
    {
        public void Run(int sample, int row)
        {
            nint start = (nint)row * classes;
            LossAndGradient(logits[sample] + start, dlogits[sample] + start, labels[sample].AsInts()[row], classes, g[sample][row]);
        }
    }

    private readonly struct LossAndGradientRow(
        BatchView logits, BatchView labels, BatchView loss, BatchView dlogits, int classes, float scale)
        : IRow
    {
        public void Run(int sample, int row)
        {
            nint start = (nint)row * classes;
            loss[sample][row] =
                LossAndGradient(logits[sample] + start, dlogits[sample] + start, labels[sample].AsInts()[row], classes, scale);
        }
    }
}
