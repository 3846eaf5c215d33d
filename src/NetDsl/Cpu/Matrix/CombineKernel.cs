namespace NetDsl.Cpu;

/// <summary>Adds up partial results in the order of their index and stores the sum, which is made where it belongs, or in the first one's memory where it goes through an epilogue.</summary>
internal readonly unsafe struct CombineKernel<TE>(Floats partials, nint step, Floats output, Floats bias, GradientPlan plan, int parts, TE epilogue) : IKernel
    where TE : struct, IEpilogue
{
    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        int firstRow = Cut.Start(plan.M, parts, part), endRow = Cut.Start(plan.M, parts, part + 1);
        if (bias.Pointer is not null && part == parts - 1)
            PartialSums.Add(partials + ((nint)plan.M * plan.N), step, plan.Chunks, 0, plan.N, bias);
        bool direct = typeof(TE) == typeof(NoEpilogue);
        PartialSums.Add(
            partials, step, plan.Chunks, (nint)firstRow * plan.N, (nint)endRow * plan.N, direct ? output : partials);
        if (direct) return;
        for (int row = firstRow; row < endRow; row++)
            epilogue.Store(partials + ((nint)row * plan.N), output + ((nint)row * plan.N), 0, row, 0, plan.N);
    }
}
