namespace NetDsl.Gpu;

/// <summary>The part of the key of a counter-based random number that is the same for a whole run; an argument of kernels.</summary>
public struct GpuRandom
{
    /// <summary>Low 32 bits of the network's seed.</summary>
    public uint SeedLow;

    /// <summary>High 32 bits of the network's seed.</summary>
    public uint SeedHigh;

    /// <summary>The training step, from 0.</summary>
    public uint Step;

    /// <summary>Index of the run's first sample in the whole batch, where a batch is run in pieces.</summary>
    public uint FirstSample;
}
