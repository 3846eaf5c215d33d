using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// Rows of outputs of a convolution of one channel in steps of one column. Up to twelve neighbouring outputs are computed at once
/// for as many filters as a vector has, and go through the epilogue before they leave their registers: so many chains hide the
/// latency of a multiply-add, and with few taps there is no time for sums that are stored and loaded again.
/// </summary>
internal static unsafe class OneChannelRows
{
    private const int MaxWidth = 12;

    /// <summary>Computes rows of outputs for a vector of filters, or for as many as the processor's longest vectors hold.</summary>
    /// <param name="taps">The weights.</param>
    /// <param name="pixels">The first pixel that the first output sees.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="count">Outputs of a row.</param>
    /// <param name="output">Receives the first.</param>
    /// <param name="step">Elements from one output to the next, in a row and over its end.</param>
    /// <param name="epilogue">What is done to each.</param>
    /// <param name="sample">The sample, for the epilogue.</param>
    /// <param name="row">Index of the first output in the sample, for the epilogue.</param>
    /// <param name="filter">The first filter, for the epilogue.</param>
    /// <param name="endFilter">The one after the last that may be computed; at least a vector of filters further on.</param>
    /// <returns>Filters computed.</returns>
    public static int Run<TE>(
        in OneChannelTaps taps, float* pixels, int rows, int count, Floats output, nint step, in TE epilogue, int sample, int row, int filter, int endFilter)
        where TE : struct, IEpilogue
    {
        if (taps.IsSquare && WideLanes.IsSupported && endFilter - filter >= WideLanes.Count)
        {
            OneChannelSquareRows.Run<WideLanes, TE>(in taps, pixels, rows, count, output, step, in epilogue, sample, row, filter);
            return WideLanes.Count;
        }

        if (taps.IsSquare)
        {
            OneChannelSquareRows.Run<VectorLanes, TE>(in taps, pixels, rows, count, output, step, in epilogue, sample, row, filter);
            return VectorLanes.Count;
        }

        (int width, int wider) = Math.DivRem(count, Cut.Ceiling(count, MaxWidth));
        int narrow = (count - (wider * (width + 1))) / width, border = wider * (width + 1);
        if (wider > 0) Tiles(width + 1, in taps, pixels, rows, count, wider, output, step, in epilogue, sample, row, filter);
        Tiles(width, in taps, pixels + border, rows, count, narrow, output + (border * step), step, in epilogue, sample, row + border, filter);
        return VectorLanes.Count;
    }

    private static void Tiles<TE>(
        int width, in OneChannelTaps taps, float* pixels, int rows, int count, int tiles, Floats output, nint step, in TE epilogue, int sample, int row, int filter)
        where TE : struct, IEpilogue
    {
        switch (width)
        {
            case 1: Tiles<Height1, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, filter); return;
            case 2: Tiles<Height2, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, filter); return;
            case 3: Tiles<Height3, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, filter); return;
            case 4: Tiles<Height4, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, filter); return;
            case 5: Tiles<Height5, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, filter); return;
            case 6: Tiles<Height6, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, filter); return;
            case 7: Tiles<Height7, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, filter); return;
            case 8: Tiles<Height8, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, filter); return;
            case 9: Tiles<Height9, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, filter); return;
            case 10: Tiles<Height10, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, filter); return;
            case 11: Tiles<Height11, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, filter); return;
            default: Tiles<Height12, TE>(in taps, pixels, rows, count, tiles, output, step, in epilogue, sample, row, filter); return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TWidth, TE>(
        in OneChannelTaps taps, float* pixels, int rows, int count, int tiles, Floats output, nint step, in TE epilogue, int sample, int row, int filter)
        where TWidth : struct, IHeight
        where TE : struct, IEpilogue
    {
        TE own = epilogue;
        int height = taps.Height, width = taps.Width;
        nint weightStep = taps.Step, pitch = taps.Pitch, nextRow = taps.NextRow - (tiles * TWidth.Rows);
        int rest = count - (tiles * TWidth.Rows);
        for (; rows > 0; rows--, pixels += nextRow, output += rest * step, row += rest)
        {
            for (int tile = 0; tile < tiles; tile++, pixels += TWidth.Rows, output += TWidth.Rows * step, row += TWidth.Rows)
            {
                Vector<float> y0 = Vector<float>.Zero, y1 = y0, y2 = y0, y3 = y0, y4 = y0, y5 = y0, y6 = y0, y7 = y0, y8 = y0, y9 = y0, y10 = y0, y11 = y0;
                float* line = pixels, weights = taps.Weights;
                for (int i = height; i > 0; i--, line += pitch)
                {
                    float* x = line;
                    for (int j = width; j > 0; j--, x++, weights += weightStep)
                    {
                        Vector<float> weight = Unsafe.ReadUnaligned<Vector<float>>(weights);
                        y0 = Vector.MultiplyAddEstimate(new Vector<float>(x[0]), weight, y0);
                        if (TWidth.Rows > 1) y1 = Vector.MultiplyAddEstimate(new Vector<float>(x[1]), weight, y1);
                        if (TWidth.Rows > 2) y2 = Vector.MultiplyAddEstimate(new Vector<float>(x[2]), weight, y2);
                        if (TWidth.Rows > 3) y3 = Vector.MultiplyAddEstimate(new Vector<float>(x[3]), weight, y3);
                        if (TWidth.Rows > 4) y4 = Vector.MultiplyAddEstimate(new Vector<float>(x[4]), weight, y4);
                        if (TWidth.Rows > 5) y5 = Vector.MultiplyAddEstimate(new Vector<float>(x[5]), weight, y5);
                        if (TWidth.Rows > 6) y6 = Vector.MultiplyAddEstimate(new Vector<float>(x[6]), weight, y6);
                        if (TWidth.Rows > 7) y7 = Vector.MultiplyAddEstimate(new Vector<float>(x[7]), weight, y7);
                        if (TWidth.Rows > 8) y8 = Vector.MultiplyAddEstimate(new Vector<float>(x[8]), weight, y8);
                        if (TWidth.Rows > 9) y9 = Vector.MultiplyAddEstimate(new Vector<float>(x[9]), weight, y9);
                        if (TWidth.Rows > 10) y10 = Vector.MultiplyAddEstimate(new Vector<float>(x[10]), weight, y10);
                        if (TWidth.Rows > 11) y11 = Vector.MultiplyAddEstimate(new Vector<float>(x[11]), weight, y11);
                    }
                }

                output.Store(0, own.Apply(y0, sample, row, filter));
                if (TWidth.Rows > 1) output.Store(step, own.Apply(y1, sample, row + 1, filter));
                if (TWidth.Rows > 2) output.Store(2 * step, own.Apply(y2, sample, row + 2, filter));
                if (TWidth.Rows > 3) output.Store(3 * step, own.Apply(y3, sample, row + 3, filter));
                if (TWidth.Rows > 4) output.Store(4 * step, own.Apply(y4, sample, row + 4, filter));
                if (TWidth.Rows > 5) output.Store(5 * step, own.Apply(y5, sample, row + 5, filter));
                if (TWidth.Rows > 6) output.Store(6 * step, own.Apply(y6, sample, row + 6, filter));
                if (TWidth.Rows > 7) output.Store(7 * step, own.Apply(y7, sample, row + 7, filter));
                if (TWidth.Rows > 8) output.Store(8 * step, own.Apply(y8, sample, row + 8, filter));
                if (TWidth.Rows > 9) output.Store(9 * step, own.Apply(y9, sample, row + 9, filter));
                if (TWidth.Rows > 10) output.Store(10 * step, own.Apply(y10, sample, row + 10, filter));
                if (TWidth.Rows > 11) output.Store(11 * step, own.Apply(y11, sample, row + 11, filter));
            }
        }
    }
}
