using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>The steps of a recurrent layer: a part is some samples, from the first step to the last.</summary>
internal readonly unsafe struct RecurrentForwardKernel<TCell>(
    BatchView p, Floats u, Floats b, BatchView y, BatchView kept, int batch, int steps, int units, bool reverse, int parts, Floats scratch)
    : IKernel
    where TCell : struct, IRecurrentCell
{
    /// <summary>Runs all steps.</summary>
    public static void Run(in CpuFrame f, BatchView p, Floats u, Floats b, BatchView y, BatchView kept, int steps, int units, bool reverse)
    {
        int parts = RecurrentBlocks.Parts(f.Batch);
        f.Team.Run(new RecurrentForwardKernel<TCell>(p, u, b, y, kept, f.Batch, steps, units, reverse, parts, f.Scratch), parts);
    }

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        int first = Cut.Start(batch, parts, part), rows = Cut.Start(batch, parts, part + 1) - first, width = TCell.Gates * units, padded = AttentionBlocks.Padded(width);
        float* panels = scratch.Pointer + (nint)(worker * RecurrentBlocks.ForwardFloats(TCell.Gates, units));
        float* sums = panels + ((nint)units * padded);
        AttentionBlocks.Pack(u.Pointer, width, units, width, panels);
        new Span<float>(sums, rows * padded).Clear();
        for (int i = 0; i < steps; i++)
        {
            int step = reverse ? steps - 1 - i : i, before = reverse ? step + 1 : step - 1;
            if (i > 0)
                AttentionBlocks.Multiply(y[first].Pointer + ((nint)before * units), y.Stride, 1, rows, panels, units, units, width, sums, padded, accumulate: false);
            for (int row = 0; row < rows; row++)
            {
                int sample = first + row;
                Floats states = y[sample], memory = kept[sample];
                Step(
                    p[sample] + ((nint)step * width),
                    new Floats(sums + ((nint)row * padded)),
                    i == 0 ? default : states + ((nint)before * units),
                    i == 0 || TCell.Kept == 0 ? default : memory + ((nint)before * TCell.Kept * units),
                    states + ((nint)step * units),
                    TCell.Kept == 0 ? default : memory + ((nint)step * TCell.Kept * units));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(Floats inputs, Floats recurrent, Floats previous, Floats keptBefore, Floats state, Floats memory)
    {
        int unit = 0;
        if (WideLanes.IsSupported)
        {
            for (; unit <= units - WideLanes.Count; unit += WideLanes.Count)
                TCell.Forward(new UnitSpan<WideLanes>(unit, WideLanes.Count, units), inputs, recurrent, b, previous, keptBefore, state, memory);
        }

        int lanes = VectorLanes.Count;
        for (; unit < units; unit += lanes)
            TCell.Forward(new UnitSpan<VectorLanes>(unit, Math.Min(lanes, units - unit), units), inputs, recurrent, b, previous, keptBefore, state, memory);
    }
}
