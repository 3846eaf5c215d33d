namespace NetDsl.Cpu;

/// <summary>Working memory of each worker by itself: panels, copied rows, sums.</summary>
/// <param name="start">That of worker 0.</param>
/// <param name="step">Floats from one worker's to the next one's.</param>
internal readonly struct WorkerMemory(Floats start, nint step)
{
    /// <summary>A worker's memory.</summary>
    /// <param name="worker">Its index.</param>
    public Floats Of(int worker) => start + (worker * step);
}
