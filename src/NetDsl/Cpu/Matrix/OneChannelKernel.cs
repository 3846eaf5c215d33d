using System.Numerics;

namespace NetDsl.Cpu;

/// <summary>
/// A convolution of one channel with few taps in steps of one column, the commonest first layer: see <see cref="OneChannelRows"/>.
/// Each output is the same chain of multiply-adds as in <see cref="ProductKernel{TRows, TColumns, TStore}"/>.
/// </summary>
internal readonly unsafe struct OneChannelKernel<TE>(
    ConvRows<ForwardPhases> rows, float* w, Conv2DGeometry g, BatchView y, TE epilogue, OneChannelPlan plan, WorkerMemory memory)
    : IKernel
    where TE : struct, IEpilogue
{
    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        int lanes = Vector<float>.Count;
        nint* segments = stackalloc nint[g.KH];
        float* last = stackalloc float[g.KH * g.KW * lanes];
        Floats sums = memory.Of(worker);
        ConvRows<ForwardPhases> source = rows;
        source.Begin(part, sums.Pointer + plan.SumsFloats, segments);
        int whole = OneChannelPlan.Widen(w, g.KH * g.KW, g.F, last);
        nint pitch = source.Pitch * g.DilationH, nextRow = source.Pitch * g.StrideH;
        OneChannelTaps rest = new(last, lanes, g.KH, g.KW, pitch, nextRow);
        for (int group = source.FirstGroup, count; group < source.EndGroup; group += count)
        {
            float* pixels = source.Group(group, out _);
            source.Output(group, 0, out int sample, out int row, out _);
            count = Math.Min(source.EndGroup - group, g.OH - (row / g.OW));
            Floats output = y[sample] + ((nint)row * g.F);
            for (int filter = 0; filter < whole;)
            {
                OneChannelTaps taps = new(w + filter, g.F, g.KH, g.KW, pitch, nextRow);
                filter += OneChannelRows.Run(in taps, pixels, count, g.OW, output + filter, g.F, in epilogue, sample, row, filter, whole);
            }

            if (whole == g.F) continue;
            for (int line = 0; line < count; line++, pixels += nextRow)
            {
                OneChannelRows.Run(in rest, pixels, 1, g.OW, sums, lanes, default(NoEpilogue), sample, row, whole, whole + lanes);
                for (int i = 0; i < g.OW; i++, row++)
                    epilogue.Store(sums + (i * lanes), y[sample] + (((nint)row * g.F) + whole), sample, row, whole, g.F - whole);
            }
        }
    }
}
