using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>The gradients of a recurrent layer's steps: a part is some samples, from the last step to the first.</summary>
internal readonly unsafe struct RecurrentBackwardKernel<TCell>(
    Floats u, BatchView y, BatchView kept, BatchView dy, BatchView dp, BatchView da, BatchView mask, int batch, int steps, int units, bool reverse, int parts, WorkerMemory memory)
    : IKernel
    where TCell : struct, IRecurrentCell
{
    /// <summary>Runs all steps.</summary>
    public static void Run(in CpuFrame f, Floats u, BatchView y, BatchView kept, BatchView dy, BatchView dp, BatchView da, int steps, int units, bool reverse, BatchView mask)
    {
        int parts = RecurrentBlocks.Parts(f.Batch);
        f.Team.Run(new RecurrentBackwardKernel<TCell>(u, y, kept, dy, dp, da, mask, f.Batch, steps, units, reverse, parts, f.Workers), parts);
    }

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        int first = Cut.Start(batch, parts, part), rows = Cut.Start(batch, parts, part + 1) - first, width = TCell.Gates * units, padded = AttentionBlocks.Padded(units);
        float* panels = memory.Of(worker).Pointer;
        float* states = panels + ((nint)width * padded);
        float* carried = states + ((nint)RecurrentBlocks.Samples * padded);
        AttentionBlocks.PackTransposed(u.Pointer, width, units, width, panels);
        new Span<float>(states, rows * padded).Clear();
        new Span<float>(carried, rows * units).Clear();
        for (int i = steps - 1; i >= 0; i--)
        {
            int step = reverse ? steps - 1 - i : i, before = reverse ? step + 1 : step - 1;
            int real = RecurrentBlocks.CountReal(mask, first, rows, step);
            for (int row = 0; row < rows; row++)
            {
                int sample = first + row;
                if (real < rows && mask[sample][step] == 0)
                {
                    Stay(sample, step, states + ((nint)row * padded));
                    continue;
                }

                Floats own = y[sample], memory = kept[sample];
                Step(
                    own + ((nint)step * units),
                    i == 0 ? default : own + ((nint)before * units),
                    TCell.Kept == 0 ? default : memory + ((nint)step * TCell.Kept * units),
                    i == 0 || TCell.Kept == 0 ? default : memory + ((nint)before * TCell.Kept * units),
                    dy[sample] + ((nint)step * units),
                    new Floats(states + ((nint)row * padded)),
                    new Floats(carried + ((nint)row * units)),
                    dp[sample] + ((nint)step * width),
                    da[sample] + ((nint)step * width));
            }

            // What the cell left of the state's gradient, and what went through the product.
            if (i > 0 && real > 0)
                AttentionBlocks.Multiply(da[first].Pointer + ((nint)step * width), da.Stride, 1, rows, panels, width, width, units, states, padded, accumulate: true);
        }
    }

    /// <summary>A step that is none adds its result's gradient to that of the state before, and has none by its sums.</summary>
    private void Stay(int sample, int step, float* state)
    {
        int width = TCell.Gates * units;
        (dp[sample] + ((nint)step * width)).AsSpan(width).Clear();
        (da[sample] + ((nint)step * width)).AsSpan(width).Clear();
        Floats gradient = dy[sample] + ((nint)step * units);
        for (int unit = 0; unit < units; unit++) state[unit] += gradient[unit];
    }

    private void Step(Floats state, Floats previous, Floats memory, Floats keptBefore, Floats gradient, Floats stateGradient, Floats carried, Floats inputs, Floats recurrent)
    {
        int unit = WideLanes.IsSupported ? Whole<WideLanes>(0, state, previous, memory, keptBefore, gradient, stateGradient, carried, inputs, recurrent) : 0;
        unit = Whole<VectorLanes>(unit, state, previous, memory, keptBefore, gradient, stateGradient, carried, inputs, recurrent);
        if (unit < units) Last(unit, state, previous, memory, keptBefore, gradient, stateGradient, carried, inputs, recurrent);
    }

    // Each of these is a method of its own: the JIT inlines only so much into one, and then calls the operators of the lanes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int Whole<T>(int unit, Floats state, Floats previous, Floats memory, Floats keptBefore, Floats gradient, Floats stateGradient, Floats carried, Floats inputs, Floats recurrent)
        where T : struct, ILanes<T>
    {
        for (; unit <= units - T.Count; unit += T.Count)
            TCell.Backward<T, WholeUnits<T>>(new(unit, units), state, previous, memory, keptBefore, gradient, stateGradient, carried, inputs, recurrent);
        return unit;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Last(int unit, Floats state, Floats previous, Floats memory, Floats keptBefore, Floats gradient, Floats stateGradient, Floats carried, Floats inputs, Floats recurrent) =>
        TCell.Backward<VectorLanes, LastUnits<VectorLanes>>(new(unit, units), state, previous, memory, keptBefore, gradient, stateGradient, carried, inputs, recurrent);
}
