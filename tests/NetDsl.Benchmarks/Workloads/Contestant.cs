namespace NetDsl.Benchmarks.Workloads;

/// <summary>Who does the work of a pair: NetDsl, or a peer with a number of threads.</summary>
internal abstract class Contestant : IDisposable
{
    /// <summary>NetDsl, or the peer and its threads.</summary>
    public abstract string Name { get; }

    /// <summary>What the last step computed: the loss of a training step, the answers of a prediction.</summary>
    public abstract ReadOnlySpan<float> Answer { get; }

    /// <summary>Called before steps of this contestant that follow those of another.</summary>
    public virtual void TakeTurn()
    {
    }

    /// <summary>One step, on the batch after the last step's.</summary>
    public abstract void Step();

    /// <summary>Releases what the contestant holds.</summary>
    public abstract void Dispose();
}
