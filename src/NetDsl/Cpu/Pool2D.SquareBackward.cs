using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

public static partial class Pool2D
{
    /// <summary>Windows of 2 x 2 side by side: the commonest pooling, and nearly all of it is the same few instructions.</summary>
    private static bool IsSquare(in Pool2DGeometry g) =>
        g is { KernelH: 2, KernelW: 2, StrideH: 2, StrideW: 2, DilationH: 1, DilationW: 1, PadTop: 0, PadLeft: 0 } && 2 * g.OH <= g.H && 2 * g.OW <= g.W;

    /// <summary>
    /// <see cref="MaxBackward"/> of such windows: one by one, through memory of the size of a window, so that the result may lie where
    /// the pooled image lies. A part is some rows of windows.
    /// </summary>
    private readonly struct SquareMaxBackwardKernel<TE>(
        BatchView x, BatchView dy, BatchView dx, WorkerMemory memory, Pool2DGeometry g, int strips, int parts, TE epilogue)
        : IKernel
        where TE : struct, IEpilogue
    {
        public void Run(int part, int worker)
        {
            Floats shares = memory.Of(worker);
            int end = (int)((long)strips * (part + 1) / parts);
            for (int i = (int)((long)strips * part / parts); i < end; i++)
            {
                (int sample, int oh) = Math.DivRem(i, g.OH);
                int position = 2 * oh * g.W;
                Floats image = x[sample] + ((nint)position * g.C), gradient = dy[sample] + ((nint)oh * g.OW * g.C), output = dx[sample];
                for (int ow = 0; ow < g.OW; ow++, position += 2, image += 2 * g.C, gradient += g.C)
                {
                    Share(image, gradient, shares);
                    Store(shares, output, sample, position);
                    Store(shares + g.C, output, sample, position + 1);
                    Store(shares + (2 * g.C), output, sample, position + g.W);
                    Store(shares + (3 * g.C), output, sample, position + g.W + 1);
                }

                // What no window sees: a last column, and below the last windows a last row.
                if (2 * g.OW < g.W || (oh == g.OH - 1 && 2 * g.OH < g.H)) StoreRest(output, shares, sample, oh);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Store(Floats values, Floats output, int sample, int position) =>
            epilogue.Store(values, output + ((nint)position * g.C), sample, position, 0, g.C);

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void StoreRest(Floats output, Floats zeros, int sample, int oh)
        {
            zeros.AsSpan(g.C).Clear();
            int endRow = oh == g.OH - 1 ? g.H : 2 * (oh + 1);
            for (int row = 2 * oh; row < endRow; row++)
                for (int column = row < 2 * g.OH ? 2 * g.OW : 0; column < g.W; column++) Store(zeros, output, sample, (row * g.W) + column);
        }

        /// <summary>The gradient goes to the first of the greatest elements in row-major order, or to the last NaN.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Share(Floats image, Floats gradient, Floats shares)
        {
            nint rowStep = (nint)g.W * g.C, diagonal = rowStep + g.C;
            int width = Vector<float>.Count, c = 0;
            for (; c <= g.C - width; c += width)
            {
                VectorLanes.ShareOfGreatest(
                    new(image.Load(c)), new(image.Load(g.C + c)), new(image.Load(rowStep + c)), new(image.Load(diagonal + c)), new(gradient.Load(c)),
                    out VectorLanes d0, out VectorLanes d1, out VectorLanes d2, out VectorLanes d3);
                shares.Store(c, d0.Value);
                shares.Store(g.C + c, d1.Value);
                shares.Store((2 * g.C) + c, d2.Value);
                shares.Store((3 * g.C) + c, d3.Value);
            }

            for (; c < g.C; c++)
            {
                float best = image[c];
                int place = 0;
                Take(image[g.C + c], 1, ref best, ref place);
                Take(image[rowStep + c], 2, ref best, ref place);
                Take(image[diagonal + c], 3, ref best, ref place);
                for (int i = 0; i < 4; i++) shares[(i * g.C) + c] = i == place ? gradient[c] : 0f;
            }
        }

        private static void Take(float value, int index, ref float best, ref int place)
        {
            if (value > best || float.IsNaN(value)) (best, place) = (value, index);
        }
    }
}
