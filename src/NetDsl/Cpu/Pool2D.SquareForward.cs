using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

public static partial class Pool2D
{
    /// <summary>
    /// Windows of 2 x 2 side by side with whole vectors of channels: four loads, and what becomes of them is stored from its register. A part is
    /// some rows of windows.
    /// </summary>
    private readonly unsafe struct SquareForwardKernel<TReducer, TE>(BatchView x, BatchView y, Pool2DGeometry g, int rows, int parts, TE epilogue) : IKernel
        where TReducer : struct, IPoolReducer
        where TE : struct, IEpilogue
    {
        public static bool Fits(in Pool2DGeometry g) => IsSquare(in g) && g.C % VectorLanes.Count == 0;

        public void Run(int part, int worker)
        {
            int end = (int)((long)rows * (part + 1) / parts);
            for (int i = (int)((long)rows * part / parts); i < end; i++)
            {
                (int sample, int oh) = Math.DivRem(i, g.OH);
                int row = oh * g.OW;
                float* image = x[sample].Pointer + ((nint)2 * oh * g.W * g.C), output = y[sample].Pointer + ((nint)row * g.C);
                if (WideLanes.IsSupported && g.C % WideLanes.Count == 0) Row<WideLanes>(image, output, sample, row);
                else Row<VectorLanes>(image, output, sample, row);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Row<TLanes>(float* image, float* output, int sample, int row)
            where TLanes : struct, ILanes<TLanes>
        {
            TE own = epilogue;
            nint channels = g.C, below = (nint)g.W * channels;
            for (int end = row + g.OW; row < end; row++, image += 2 * channels, output += channels)
            {
                for (nint c = 0; c < channels; c += TLanes.Count)
                {
                    float* window = image + c;
                    TLanes top = TLanes.Load(window), next = TLanes.Load(window + channels);
                    TLanes pooled = TLanes.Pool<TReducer>(top, next, TLanes.Load(window + below), TLanes.Load(window + below + channels));
                    pooled.Through(in own, sample, row, (int)c).Store(output + c);
                }
            }
        }
    }
}
