using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// <see cref="OneChannelRows"/> for filters of 3 x 3: the nine weights of a vector of filters stay in registers, and each of the 3 x 6 pixels
/// that four neighbouring outputs see is loaded once, 18 loads for 36 multiply-adds.
/// </summary>
internal static unsafe class OneChannelSquareRows
{
    private const int Width = 4;

    /// <summary>Computes rows of outputs for a vector of filters, see <see cref="OneChannelRows.Run"/>.</summary>
    public static void Run<TLanes, TE>(in OneChannelTaps taps, float* pixels, int rows, int count, Floats output, nint step, in TE epilogue, int sample, int row, int filter)
        where TLanes : struct, ILanes<TLanes>
        where TE : struct, IEpilogue
    {
        int tiles = count / Width, rest = count - (tiles * Width), border = tiles * Width;
        if (tiles > 0) Tiles<Height4, TLanes, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, filter);
        pixels += border;
        output += border * step;
        row += border;
        switch (rest)
        {
            case 1: Tiles<Height1, TLanes, TE>(in taps, pixels, rows, count, 1, output, step, in epilogue, sample, row, filter); return;
            case 2: Tiles<Height2, TLanes, TE>(in taps, pixels, rows, count, 1, output, step, in epilogue, sample, row, filter); return;
            case 3: Tiles<Height3, TLanes, TE>(in taps, pixels, rows, count, 1, output, step, in epilogue, sample, row, filter); return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TWidth, TLanes, TE>(
        in OneChannelTaps taps, float* pixels, int rows, int count, int tiles, Floats output, nint step, in TE epilogue, int sample, int row, int filter)
        where TWidth : struct, IHeight
        where TLanes : struct, ILanes<TLanes>
        where TE : struct, IEpilogue
    {
        TE own = epilogue;
        float* target = output.Pointer;
        nint weightStep = taps.Step, pitch = taps.Pitch;
        float* weights = taps.Weights;
        TLanes w00 = TLanes.Load(weights), w01 = TLanes.Load(weights + weightStep), w02 = TLanes.Load(weights + (2 * weightStep));
        weights += 3 * weightStep;
        TLanes w10 = TLanes.Load(weights), w11 = TLanes.Load(weights + weightStep), w12 = TLanes.Load(weights + (2 * weightStep));
        weights += 3 * weightStep;
        TLanes w20 = TLanes.Load(weights), w21 = TLanes.Load(weights + weightStep), w22 = TLanes.Load(weights + (2 * weightStep));
        for (; rows > 0; rows--, pixels += taps.NextRow, target += count * step, row += count)
        {
            float* x = pixels;
            float* place = target;
            for (int tile = 0; tile < tiles; tile++, x += TWidth.Rows, place += TWidth.Rows * step)
            {
                TLanes y0 = default, y1 = y0, y2 = y0, y3 = y0;
                Line<TWidth, TLanes>(x, w00, w01, w02, ref y0, ref y1, ref y2, ref y3);
                Line<TWidth, TLanes>(x + pitch, w10, w11, w12, ref y0, ref y1, ref y2, ref y3);
                Line<TWidth, TLanes>(x + (2 * pitch), w20, w21, w22, ref y0, ref y1, ref y2, ref y3);
                int first = row + (tile * TWidth.Rows);
                y0.Through(in own, sample, first, filter).Store(place);
                if (TWidth.Rows > 1) y1.Through(in own, sample, first + 1, filter).Store(place + step);
                if (TWidth.Rows > 2) y2.Through(in own, sample, first + 2, filter).Store(place + (2 * step));
                if (TWidth.Rows > 3) y3.Through(in own, sample, first + 3, filter).Store(place + (3 * step));
            }
        }
    }

    /// <summary>What a row of pixels adds to each output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Line<TWidth, TLanes>(
        float* x, TLanes w0, TLanes w1, TLanes w2, ref TLanes y0, ref TLanes y1, ref TLanes y2, ref TLanes y3)
        where TWidth : struct, IHeight
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes p = TLanes.Create(x[0]);
        y0 = TLanes.MultiplyAdd(p, w0, y0);
        p = TLanes.Create(x[1]);
        y0 = TLanes.MultiplyAdd(p, w1, y0);
        if (TWidth.Rows > 1) y1 = TLanes.MultiplyAdd(p, w0, y1);
        p = TLanes.Create(x[2]);
        y0 = TLanes.MultiplyAdd(p, w2, y0);
        if (TWidth.Rows > 1) y1 = TLanes.MultiplyAdd(p, w1, y1);
        if (TWidth.Rows > 2) y2 = TLanes.MultiplyAdd(p, w0, y2);
        if (TWidth.Rows > 1)
        {
            p = TLanes.Create(x[3]);
            y1 = TLanes.MultiplyAdd(p, w2, y1);
            if (TWidth.Rows > 2) y2 = TLanes.MultiplyAdd(p, w1, y2);
            if (TWidth.Rows > 3) y3 = TLanes.MultiplyAdd(p, w0, y3);
        }

        if (TWidth.Rows > 2)
        {
            p = TLanes.Create(x[4]);
            y2 = TLanes.MultiplyAdd(p, w2, y2);
            if (TWidth.Rows > 3) y3 = TLanes.MultiplyAdd(p, w1, y3);
        }

        if (TWidth.Rows > 3) y3 = TLanes.MultiplyAdd(TLanes.Create(x[5]), w2, y3);
    }
}
