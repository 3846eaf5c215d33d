using System.Numerics;

namespace NetDsl.Cpu;

/// <summary><see cref="OneChannelKernel{TE}"/> with a pooling of 2 x 2 after it: see <see cref="OneChannelWindows{TReducer}"/>.</summary>
internal readonly unsafe struct OneChannelPoolKernel<TReducer, TE>(
    ConvRows<ForwardPhases> rows, float* w, Conv2DGeometry g, BatchView y, Pool2DGeometry pool, TE epilogue, OneChannelPlan plan, WorkerMemory memory)
    : IKernel
    where TReducer : struct, IPoolReducer
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
        nint pitch = source.Pitch;
        PooledStore<TReducer, TE> store = new(y, pool, epilogue);
        OneChannelTaps rest = new(last, lanes, g.KH, g.KW, pitch, pitch);
        for (int group = source.FirstGroup, count; group < source.EndGroup; group += count)
        {
            float* pixels = source.Group(group, out _);
            source.Output(group, 0, out int sample, out int row, out _);
            int line = row / g.OW;
            count = Math.Min(source.EndGroup - group, g.OH - line);

            // The last row of an odd number of rows is in no window.
            int windowRows = Math.Min(count / 2, pool.OH - (line / 2));
            Floats output = y[sample] + ((nint)(line / 2) * pool.OW * g.F);
            for (int filter = 0; filter < whole;)
            {
                OneChannelTaps taps = new(w + filter, g.F, g.KH, g.KW, pitch, pitch);
                filter += OneChannelWindows<TReducer>.Run(
                    in taps, pixels, windowRows, pool.OW, output + filter, g.F, in epilogue, sample, row, g.OW, filter, whole);
            }

            if (whole == g.F) continue;
            for (int i = 0; i < 2 * windowRows; i++, pixels += pitch, row += g.OW)
            {
                OneChannelRows.Run(in rest, pixels, 1, g.OW, sums, lanes, default(NoEpilogue), sample, row, whole, whole + lanes);
                store.Store(sums.Pointer, lanes, g.OW, sample, row, 1, int.MaxValue, whole, g.F - whole);
            }
        }
    }
}
