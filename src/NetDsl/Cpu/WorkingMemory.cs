namespace NetDsl.Cpu;

/// <summary>
/// Floats of working memory that building blocks need. Each kind has its place for a whole program: where it moved from kernel to kernel, a thread's writes would
/// wait for the cache lines that another core wrote just before.
/// </summary>
public readonly record struct WorkingMemory
{
    /// <summary>Rounds each up to whole cache lines.</summary>
    /// <param name="shared">What one step of a kernel writes and all workers read, such as packed weights.</param>
    /// <param name="partials">Partial sums, all of them.</param>
    /// <param name="worker">What each worker has for itself.</param>
    public WorkingMemory(long shared = 0, long partials = 0, long worker = 0) =>
        (Shared, Partials, Worker) = (Cut.Align(shared), Cut.Align(partials), Cut.Align(worker));

    /// <summary>What one step of a kernel writes and all workers read, such as packed weights.</summary>
    public long Shared { get; }

    /// <summary>Partial sums, all of them.</summary>
    public long Partials { get; }

    /// <summary>What each worker has for itself.</summary>
    public long Worker { get; }

    /// <summary>Enough for either of two building blocks.</summary>
    public static WorkingMemory Max(WorkingMemory left, WorkingMemory right) =>
        new(Math.Max(left.Shared, right.Shared), Math.Max(left.Partials, right.Partials), Math.Max(left.Worker, right.Worker));

    /// <summary>Floats of all of it.</summary>
    /// <param name="threads">Workers.</param>
    public long Floats(int threads) => Shared + Partials + (threads * Worker);
}
