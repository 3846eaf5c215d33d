namespace NetDsl.Cpu;

/// <summary>
/// Work that a <see cref="WorkerTeam"/> shares out. How it is cut into parts depends on shapes and the batch alone, never
/// on the number of threads, and parts are independent, so the result is the same on any number of threads.
/// </summary>
public interface IKernel
{
    /// <summary>Does one part.</summary>
    /// <param name="part">0 to parts - 1; parts may run in any order and at the same time.</param>
    /// <param name="worker">Which worker runs it, 0 to <see cref="WorkerTeam.Count"/> - 1: the index of its own working memory.</param>
    void Run(int part, int worker);
}
