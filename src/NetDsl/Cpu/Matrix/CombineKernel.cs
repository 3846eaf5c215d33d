using System.Numerics;

namespace NetDsl.Cpu;

/// <summary>Adds up partial results in the order of their index and stores the sum; the sum is made in the first one's memory.</summary>
internal readonly struct CombineKernel<TE>(Floats partials, Floats output, GradientPlan plan, int parts, TE epilogue) : IKernel
    where TE : struct, IEpilogue
{
    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        int firstRow = Cut.Start(plan.M, parts, part), endRow = Cut.Start(plan.M, parts, part + 1);
        nint i = (nint)firstRow * plan.N, end = (nint)endRow * plan.N, step = (nint)plan.PartialFloats;
        for (; i <= end - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> sum = partials.Load(i);
            for (int chunk = 1; chunk < plan.Chunks; chunk++) sum += partials.Load(i + (chunk * step));
            partials.Store(i, sum);
        }

        for (; i < end; i++)
        {
            float sum = partials[i];
            for (int chunk = 1; chunk < plan.Chunks; chunk++) sum += partials[i + (chunk * step)];
            partials[i] = sum;
        }

        for (int row = firstRow; row < endRow; row++)
            epilogue.Store(partials + ((nint)row * plan.N), output + ((nint)row * plan.N), 0, row, 0, plan.N);
    }
}
