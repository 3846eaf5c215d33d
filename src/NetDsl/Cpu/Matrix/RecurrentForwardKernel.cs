using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>The steps of a recurrent layer: a part is some samples, from the first step to the last.</summary>
internal readonly unsafe struct RecurrentForwardKernel<TCell>(
    BatchView p, Floats u, Floats b, BatchView y, BatchView kept, BatchView mask, int batch, int steps, int units, bool reverse, int parts, WorkerMemory memory)
    : IKernel
    where TCell : struct, IRecurrentCell
{
    /// <summary>Runs all steps.</summary>
    public static void Run(in CpuFrame f, BatchView p, Floats u, Floats b, BatchView y, BatchView kept, int steps, int units, bool reverse, BatchView mask)
    {
        int parts = RecurrentBlocks.Parts(f.Batch);
        f.Team.Run(new RecurrentForwardKernel<TCell>(p, u, b, y, kept, mask, f.Batch, steps, units, reverse, parts, f.Workers), parts);
    }

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        int first = Cut.Start(batch, parts, part), rows = Cut.Start(batch, parts, part + 1) - first, width = TCell.Gates * units, padded = AttentionBlocks.Padded(width);
        float* panels = memory.Of(worker).Pointer;
        float* sums = panels + ((nint)units * padded);
        AttentionBlocks.Pack(u.Pointer, width, units, width, panels);
        new Span<float>(sums, rows * padded).Clear();
        for (int i = 0; i < steps; i++)
        {
            int step = reverse ? steps - 1 - i : i, before = reverse ? step + 1 : step - 1;
            int real = RecurrentBlocks.CountReal(mask, first, rows, step);
            if (i > 0 && real > 0)
                AttentionBlocks.Multiply(y[first].Pointer + ((nint)before * units), y.Stride, 1, rows, panels, units, units, width, sums, padded, accumulate: false);
            for (int row = 0; row < rows; row++)
            {
                int sample = first + row;
                Floats states = y[sample], memory = kept[sample];
                if (real < rows && mask[sample][step] == 0)
                {
                    Stay(states, memory, step, i == 0 ? -1 : before);
                    continue;
                }

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

    /// <summary>State and cell after a step that is none.</summary>
    private void Stay(Floats states, Floats memory, int step, int before)
    {
        int keeps = TCell.Kept * units;
        if (keeps > 0) (memory + ((nint)step * keeps)).AsSpan(keeps).Clear();
        Stay(states + ((nint)step * units), states + ((nint)before * units), before >= 0);

        // What a cell carries is the last of what it keeps.
        if (TCell.Carries) Stay(memory + (((nint)(step + 1) * keeps) - units), memory + (((nint)(before + 1) * keeps) - units), before >= 0);
    }

    private void Stay(Floats after, Floats before, bool any)
    {
        if (any) before.AsSpan(units).CopyTo(after.AsSpan(units));
        else after.AsSpan(units).Clear();
    }

    private void Step(Floats inputs, Floats recurrent, Floats previous, Floats keptBefore, Floats state, Floats memory)
    {
        int unit = WideLanes.IsSupported ? Whole<WideLanes>(0, inputs, recurrent, previous, keptBefore, state, memory) : 0;
        unit = Whole<VectorLanes>(unit, inputs, recurrent, previous, keptBefore, state, memory);
        if (unit < units) Last(unit, inputs, recurrent, previous, keptBefore, state, memory);
    }

    // Each of these is a method of its own: the JIT inlines only so much into one, and then calls the operators of the lanes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int Whole<T>(int unit, Floats inputs, Floats recurrent, Floats previous, Floats keptBefore, Floats state, Floats memory)
        where T : struct, ILanes<T>
    {
        for (; unit <= units - T.Count; unit += T.Count)
            TCell.Forward<T, WholeUnits<T>>(new(unit, units), inputs, recurrent, b, previous, keptBefore, state, memory);
        return unit;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Last(int unit, Floats inputs, Floats recurrent, Floats previous, Floats keptBefore, Floats state, Floats memory) =>
        TCell.Forward<VectorLanes, LastUnits<VectorLanes>>(new(unit, units), inputs, recurrent, b, previous, keptBefore, state, memory);
}
