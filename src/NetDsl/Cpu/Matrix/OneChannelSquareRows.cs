using System.Numerics;
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
    public static void Run<TE>(in OneChannelTaps taps, float* pixels, int rows, int count, Floats output, nint step, in TE epilogue, int sample, int row, int filter)
        where TE : struct, IEpilogue
    {
        int tiles = count / Width, rest = count - (tiles * Width), border = tiles * Width;
        if (tiles > 0) Tiles<Height4, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, filter);
        pixels += border;
        output += border * step;
        row += border;
        switch (rest)
        {
            case 1: Tiles<Height1, TE>(in taps, pixels, rows, count, 1, output, step, in epilogue, sample, row, filter); return;
            case 2: Tiles<Height2, TE>(in taps, pixels, rows, count, 1, output, step, in epilogue, sample, row, filter); return;
            case 3: Tiles<Height3, TE>(in taps, pixels, rows, count, 1, output, step, in epilogue, sample, row, filter); return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TWidth, TE>(
        in OneChannelTaps taps, float* pixels, int rows, int count, int tiles, Floats output, nint step, in TE epilogue, int sample, int row, int filter)
        where TWidth : struct, IHeight
        where TE : struct, IEpilogue
    {
        TE own = epilogue;
        nint weightStep = taps.Step, pitch = taps.Pitch;
        float* weights = taps.Weights;
        Vector<float> w00 = Load(weights), w01 = Load(weights + weightStep), w02 = Load(weights + (2 * weightStep));
        weights += 3 * weightStep;
        Vector<float> w10 = Load(weights), w11 = Load(weights + weightStep), w12 = Load(weights + (2 * weightStep));
        weights += 3 * weightStep;
        Vector<float> w20 = Load(weights), w21 = Load(weights + weightStep), w22 = Load(weights + (2 * weightStep));
        for (; rows > 0; rows--, pixels += taps.NextRow, output += count * step, row += count)
        {
            float* x = pixels;
            Floats place = output;
            for (int tile = 0; tile < tiles; tile++, x += TWidth.Rows, place += TWidth.Rows * step)
            {
                Vector<float> y0 = Vector<float>.Zero, y1 = y0, y2 = y0, y3 = y0;
                Line<TWidth>(x, w00, w01, w02, ref y0, ref y1, ref y2, ref y3);
                Line<TWidth>(x + pitch, w10, w11, w12, ref y0, ref y1, ref y2, ref y3);
                Line<TWidth>(x + (2 * pitch), w20, w21, w22, ref y0, ref y1, ref y2, ref y3);
                int first = row + (tile * TWidth.Rows);
                place.Store(0, own.Apply(y0, sample, first, filter));
                if (TWidth.Rows > 1) place.Store(step, own.Apply(y1, sample, first + 1, filter));
                if (TWidth.Rows > 2) place.Store(2 * step, own.Apply(y2, sample, first + 2, filter));
                if (TWidth.Rows > 3) place.Store(3 * step, own.Apply(y3, sample, first + 3, filter));
            }
        }
    }

    /// <summary>What a row of pixels adds to each output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Line<TWidth>(
        float* x, Vector<float> w0, Vector<float> w1, Vector<float> w2, ref Vector<float> y0, ref Vector<float> y1, ref Vector<float> y2, ref Vector<float> y3)
        where TWidth : struct, IHeight
    {
        Vector<float> p = new(x[0]);
        y0 = Vector.MultiplyAddEstimate(p, w0, y0);
        p = new(x[1]);
        y0 = Vector.MultiplyAddEstimate(p, w1, y0);
        if (TWidth.Rows > 1) y1 = Vector.MultiplyAddEstimate(p, w0, y1);
        p = new(x[2]);
        y0 = Vector.MultiplyAddEstimate(p, w2, y0);
        if (TWidth.Rows > 1) y1 = Vector.MultiplyAddEstimate(p, w1, y1);
        if (TWidth.Rows > 2) y2 = Vector.MultiplyAddEstimate(p, w0, y2);
        if (TWidth.Rows > 1)
        {
            p = new(x[3]);
            y1 = Vector.MultiplyAddEstimate(p, w2, y1);
            if (TWidth.Rows > 2) y2 = Vector.MultiplyAddEstimate(p, w1, y2);
            if (TWidth.Rows > 3) y3 = Vector.MultiplyAddEstimate(p, w0, y3);
        }

        if (TWidth.Rows > 2)
        {
            p = new(x[4]);
            y2 = Vector.MultiplyAddEstimate(p, w2, y2);
            if (TWidth.Rows > 3) y3 = Vector.MultiplyAddEstimate(p, w1, y3);
        }

        if (TWidth.Rows > 3) y3 = Vector.MultiplyAddEstimate(new Vector<float>(x[5]), w2, y3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(float* weights) => Unsafe.ReadUnaligned<Vector<float>>(weights);
}
