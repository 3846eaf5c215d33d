using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// Rows of 2 x 2 windows of what <see cref="OneChannelRows"/> computes: the outputs of up to three windows are computed at once, go
/// through the epilogue and leave their registers as one for each window.
/// </summary>
internal static unsafe class OneChannelWindows<TReducer>
    where TReducer : struct, IPoolReducer
{
    private const int MaxWindows = 3;

    /// <summary>Computes rows of windows for a vector of filters, or for as many as the processor's longest vectors hold.</summary>
    /// <param name="taps">The weights.</param>
    /// <param name="pixels">The first pixel that the first output sees.</param>
    /// <param name="rows">Rows of windows.</param>
    /// <param name="count">Windows of a row.</param>
    /// <param name="output">Receives the first.</param>
    /// <param name="step">Elements from one window's result to the next, in a row and over its end.</param>
    /// <param name="epilogue">What is done to each output of the convolution.</param>
    /// <param name="sample">The sample, for the epilogue.</param>
    /// <param name="row">Index of the first output in the sample, for the epilogue.</param>
    /// <param name="imageWidth">Outputs of the convolution in a row.</param>
    /// <param name="filter">The first filter, for the epilogue.</param>
    /// <param name="endFilter">The one after the last that may be computed; at least a vector of filters further on.</param>
    /// <returns>Filters computed.</returns>
    public static int Run<TE>(
        in OneChannelTaps taps, float* pixels, int rows, int count, Floats output, nint step, in TE epilogue, int sample, int row, int imageWidth, int filter, int endFilter)
        where TE : struct, IEpilogue
    {
        if (taps.IsSquare && WideLanes.IsSupported && endFilter - filter >= WideLanes.Count)
        {
            OneChannelSquares<TReducer>.Run<WideLanes, TE>(in taps, pixels, rows, count, output, step, in epilogue, sample, row, imageWidth, filter);
            return WideLanes.Count;
        }

        if (taps.IsSquare)
        {
            OneChannelSquares<TReducer>.Run<VectorLanes, TE>(in taps, pixels, rows, count, output, step, in epilogue, sample, row, imageWidth, filter);
            return VectorLanes.Count;
        }

        (int windows, int wider) = Math.DivRem(count, Cut.Ceiling(count, MaxWindows));
        int narrow = (count - (wider * (windows + 1))) / windows, border = wider * (windows + 1);
        if (wider > 0) Tiles(windows + 1, in taps, pixels, rows, count, wider, output, step, in epilogue, sample, row, imageWidth, filter);
        Tiles(windows, in taps, pixels + (2 * border), rows, count, narrow, output + (border * step), step, in epilogue, sample, row + (2 * border), imageWidth, filter);
        return VectorLanes.Count;
    }

    private static void Tiles<TE>(
        int windows, in OneChannelTaps taps, float* pixels, int rows, int count, int tiles, Floats output, nint step, in TE epilogue, int sample, int row, int imageWidth, int filter)
        where TE : struct, IEpilogue
    {
        switch (windows)
        {
            case 1: Tiles<Height1, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, imageWidth, filter); return;
            case 2: Tiles<Height2, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, imageWidth, filter); return;
            default: Tiles<Height3, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, imageWidth, filter); return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TWindows, TE>(
        in OneChannelTaps taps, float* pixels, int rows, int count, int tiles, Floats output, nint step, in TE epilogue, int sample, int row, int imageWidth, int filter)
        where TWindows : struct, IHeight
        where TE : struct, IEpilogue
    {
        TE own = epilogue;
        int height = taps.Height, width = taps.Width;
        nint weightStep = taps.Step, pitch = taps.Pitch, nextRow = (2 * taps.NextRow) - (2 * tiles * TWindows.Rows);
        int rest = count - (tiles * TWindows.Rows), restOfImage = 2 * (imageWidth - (tiles * TWindows.Rows));
        for (; rows > 0; rows--, pixels += nextRow, output += rest * step, row += restOfImage)
        {
            for (int tile = 0; tile < tiles; tile++, pixels += 2 * TWindows.Rows, output += TWindows.Rows * step, row += 2 * TWindows.Rows)
            {
                Vector<float> y0 = Vector<float>.Zero, y1 = y0, y2 = y0, y3 = y0, y4 = y0, y5 = y0, y6 = y0, y7 = y0, y8 = y0, y9 = y0, y10 = y0, y11 = y0;
                float* line = pixels, weights = taps.Weights;
                for (int i = height; i > 0; i--, line += pitch)
                {
                    float* x = line, below = line + pitch;
                    for (int j = width; j > 0; j--, x++, below++, weights += weightStep)
                    {
                        Vector<float> weight = Unsafe.ReadUnaligned<Vector<float>>(weights);
                        y0 = Vector.MultiplyAddEstimate(new Vector<float>(x[0]), weight, y0);
                        y1 = Vector.MultiplyAddEstimate(new Vector<float>(x[1]), weight, y1);
                        y2 = Vector.MultiplyAddEstimate(new Vector<float>(below[0]), weight, y2);
                        y3 = Vector.MultiplyAddEstimate(new Vector<float>(below[1]), weight, y3);

                        if (TWindows.Rows > 1)
                        {
                            y4 = Vector.MultiplyAddEstimate(new Vector<float>(x[2]), weight, y4);
                            y5 = Vector.MultiplyAddEstimate(new Vector<float>(x[3]), weight, y5);
                            y6 = Vector.MultiplyAddEstimate(new Vector<float>(below[2]), weight, y6);
                            y7 = Vector.MultiplyAddEstimate(new Vector<float>(below[3]), weight, y7);
                        }

                        if (TWindows.Rows > 2)
                        {
                            y8 = Vector.MultiplyAddEstimate(new Vector<float>(x[4]), weight, y8);
                            y9 = Vector.MultiplyAddEstimate(new Vector<float>(x[5]), weight, y9);
                            y10 = Vector.MultiplyAddEstimate(new Vector<float>(below[4]), weight, y10);
                            y11 = Vector.MultiplyAddEstimate(new Vector<float>(below[5]), weight, y11);
                        }
                    }
                }

                output.Store(0, Reduce(in own, new VectorLanes(y0), new(y1), new(y2), new(y3), sample, row, imageWidth, filter).Value);
                if (TWindows.Rows > 1) output.Store(step, Reduce(in own, new VectorLanes(y4), new(y5), new(y6), new(y7), sample, row + 2, imageWidth, filter).Value);
                if (TWindows.Rows > 2) output.Store(2 * step, Reduce(in own, new VectorLanes(y8), new(y9), new(y10), new(y11), sample, row + 4, imageWidth, filter).Value);
            }
        }
    }

    /// <summary>What becomes of a window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Reduce<TLanes, TE>(
        in TE epilogue, TLanes y0, TLanes y1, TLanes y2, TLanes y3, int sample, int row, int imageWidth, int filter)
        where TLanes : struct, ILanes<TLanes>
        where TE : struct, IEpilogue
    {
        if (TE.IsMonotone && TReducer.Selects) return TLanes.Pool<TReducer>(y0, y1, y2, y3).Through(in epilogue, sample, row, filter);
        return TLanes.Pool<TReducer>(
            y0.Through(in epilogue, sample, row, filter),
            y1.Through(in epilogue, sample, row + 1, filter),
            y2.Through(in epilogue, sample, row + imageWidth, filter),
            y3.Through(in epilogue, sample, row + imageWidth + 1, filter));
    }
}
