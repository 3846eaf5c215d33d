namespace NetDsl.Cpu;

/// <summary>
/// Packs a right operand for a product whose threads have rows for several parts each, so that no part packs it again. A part is some neighbouring panels of every block.
/// </summary>
internal readonly unsafe struct PackKernel<TColumns>(TColumns columns, KBlocks blocks, int n, int parts, float* target) : IKernel
    where TColumns : struct, IProductColumns
{
    /// <summary>Packs all panels, those of the first block of k first.</summary>
    /// <param name="f">The run.</param>
    /// <param name="columns">The operand.</param>
    /// <param name="plan">The product.</param>
    /// <param name="target">Room for <see cref="ProductPlan.PackedFloats"/>.</param>
    /// <returns><paramref name="target"/>.</returns>
    public static float* Run(in CpuFrame f, in TColumns columns, in ProductPlan plan, float* target)
    {
        int parts = Math.Min(Cut.Ceiling(plan.N, MicroKernel.Current.PanelColumns), f.Team.Count);
        f.Team.Run(new PackKernel<TColumns>(columns, plan.Blocks, plan.N, parts, target), parts);
        return target;
    }

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        int width = MicroKernel.Current.PanelColumns, panels = Cut.Ceiling(n, width);
        int first = Cut.Start(panels, parts, part) * width, end = Math.Min(n, Cut.Start(panels, parts, part + 1) * width);
        float* to = target;
        for (int i = 0; i < blocks.Count; i++)
        {
            KBlock block = blocks[i];
            block.Pack(in columns, first, end - first, width, to + ((nint)first * block.Depth));
            to += (nint)block.Depth * panels * width;
        }
    }
}
