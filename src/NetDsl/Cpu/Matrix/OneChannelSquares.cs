using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// <see cref="OneChannelWindows{TReducer}"/> for filters of 3 x 3. The nine weights of a vector of filters stay in registers, and each of the
/// 4 x 4 pixels that a window of outputs sees is loaded once: 16 loads for 36 multiply-adds. A window is four short chains; the
/// processor works on some windows at a time.
/// </summary>
internal static unsafe class OneChannelSquares<TReducer>
    where TReducer : struct, IPoolReducer
{
    /// <summary>Computes rows of windows for a vector of filters, see <see cref="OneChannelWindows{TReducer}.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TE>(
        in OneChannelTaps taps, float* pixels, int rows, int count, Floats output, nint step, in TE epilogue, int sample, int row, int imageWidth, int filter)
        where TLanes : struct, ILanes<TLanes>
        where TE : struct, IEpilogue
    {
        TE own = epilogue;
        nint weightStep = taps.Step;
        float* weights = taps.Weights;
        TLanes w00 = TLanes.Load(weights), w01 = TLanes.Load(weights + weightStep), w02 = TLanes.Load(weights + (2 * weightStep));
        weights += 3 * weightStep;
        TLanes w10 = TLanes.Load(weights), w11 = TLanes.Load(weights + weightStep), w12 = TLanes.Load(weights + (2 * weightStep));
        weights += 3 * weightStep;
        TLanes w20 = TLanes.Load(weights), w21 = TLanes.Load(weights + weightStep), w22 = TLanes.Load(weights + (2 * weightStep));
        nint pitch = taps.Pitch, pitch3 = 3 * pitch;
        for (; rows > 0; rows--, pixels += 2 * taps.NextRow, row += 2 * imageWidth)
        {
            float* x = pixels;
            for (int window = 0; window < count; window++, x += 2, output += step)
            {
                TLanes y0 = default, y1 = y0, y2 = y0, y3 = y0, p;
                p = TLanes.Create(x[0]); y0 = TLanes.MultiplyAdd(p, w00, y0);
                p = TLanes.Create(x[1]); y0 = TLanes.MultiplyAdd(p, w01, y0); y1 = TLanes.MultiplyAdd(p, w00, y1);
                p = TLanes.Create(x[2]); y0 = TLanes.MultiplyAdd(p, w02, y0); y1 = TLanes.MultiplyAdd(p, w01, y1);
                p = TLanes.Create(x[3]); y1 = TLanes.MultiplyAdd(p, w02, y1);

                p = TLanes.Create(x[pitch]); y0 = TLanes.MultiplyAdd(p, w10, y0); y2 = TLanes.MultiplyAdd(p, w00, y2);
                p = TLanes.Create(x[pitch + 1]); y0 = TLanes.MultiplyAdd(p, w11, y0); y1 = TLanes.MultiplyAdd(p, w10, y1); y2 = TLanes.MultiplyAdd(p, w01, y2); y3 = TLanes.MultiplyAdd(p, w00, y3);
                p = TLanes.Create(x[pitch + 2]); y0 = TLanes.MultiplyAdd(p, w12, y0); y1 = TLanes.MultiplyAdd(p, w11, y1); y2 = TLanes.MultiplyAdd(p, w02, y2); y3 = TLanes.MultiplyAdd(p, w01, y3);
                p = TLanes.Create(x[pitch + 3]); y1 = TLanes.MultiplyAdd(p, w12, y1); y3 = TLanes.MultiplyAdd(p, w02, y3);

                p = TLanes.Create(x[2 * pitch]); y0 = TLanes.MultiplyAdd(p, w20, y0); y2 = TLanes.MultiplyAdd(p, w10, y2);
                p = TLanes.Create(x[(2 * pitch) + 1]); y0 = TLanes.MultiplyAdd(p, w21, y0); y1 = TLanes.MultiplyAdd(p, w20, y1); y2 = TLanes.MultiplyAdd(p, w11, y2); y3 = TLanes.MultiplyAdd(p, w10, y3);
                p = TLanes.Create(x[(2 * pitch) + 2]); y0 = TLanes.MultiplyAdd(p, w22, y0); y1 = TLanes.MultiplyAdd(p, w21, y1); y2 = TLanes.MultiplyAdd(p, w12, y2); y3 = TLanes.MultiplyAdd(p, w11, y3);
                p = TLanes.Create(x[(2 * pitch) + 3]); y1 = TLanes.MultiplyAdd(p, w22, y1); y3 = TLanes.MultiplyAdd(p, w12, y3);

                p = TLanes.Create(x[pitch3]); y2 = TLanes.MultiplyAdd(p, w20, y2);
                p = TLanes.Create(x[pitch3 + 1]); y2 = TLanes.MultiplyAdd(p, w21, y2); y3 = TLanes.MultiplyAdd(p, w20, y3);
                p = TLanes.Create(x[pitch3 + 2]); y2 = TLanes.MultiplyAdd(p, w22, y2); y3 = TLanes.MultiplyAdd(p, w21, y3);
                p = TLanes.Create(x[pitch3 + 3]); y3 = TLanes.MultiplyAdd(p, w22, y3);

                int first = row + (2 * window);
                OneChannelWindows<TReducer>.Reduce(in own, y0, y1, y2, y3, sample, first, imageWidth, filter).Store(output.Pointer);
            }
        }
    }
}
