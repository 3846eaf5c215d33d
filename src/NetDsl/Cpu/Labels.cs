namespace NetDsl.Cpu;

/// <summary>What kernels make of labels by themselves.</summary>
public static class Labels
{
    /// <summary>y = 0 where the label is the given one, 1 elsewhere.</summary>
    /// <param name="f">The run.</param>
    /// <param name="labels">32-bit integers.</param>
    /// <param name="y">A number for each.</param>
    /// <param name="count">Labels a sample.</param>
    /// <param name="label">The one that differs from none.</param>
    public static void Differ(in CpuFrame f, BatchView labels, BatchView y, int count, int label)
    {
        int parts = Elementwise.Parts((long)f.Batch * count);
        f.Team.Run(new Kernel(labels, y, count, label, f.Batch, parts), parts);
    }

    private readonly struct Kernel(BatchView labels, BatchView y, int count, int label, int batch, int parts) : IKernel
    {
        public void Run(int part, int worker)
        {
            int end = (int)((long)batch * (part + 1) / parts);
            for (int sample = (int)((long)batch * part / parts); sample < end; sample++)
            {
                Ints from = labels[sample].AsInts();
                Floats to = y[sample];
                for (int i = 0; i < count; i++) to[i] = from[i] == label ? 0 : 1;
            }
        }
    }
}
