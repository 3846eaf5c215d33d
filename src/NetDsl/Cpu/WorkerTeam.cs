namespace NetDsl.Cpu;

/// <summary>The threads that share the work of one network.</summary>
public sealed class WorkerTeam
{
    /// <summary>Workers, the calling thread included.</summary>
    public int Count => 1;

    /// <summary>Runs every part of <paramref name="kernel"/> and returns when all are done.</summary>
    public void Run<TKernel>(in TKernel kernel, int parts)
        where TKernel : struct, IKernel
    {
        for (int part = 0; part < parts; part++) kernel.Run(part, 0);
    }
}
