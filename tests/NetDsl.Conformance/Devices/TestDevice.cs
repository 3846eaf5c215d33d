using NetDsl.Conformance.Networks;

namespace NetDsl.Conformance.Devices;

/// <summary>A device that the bodies run on, and what they ask of it.</summary>
public abstract class TestDevice
{
    /// <summary>The device.</summary>
    public abstract Device Device { get; }

    /// <summary>Networks for it are compiled in a project that references NetDsl.Gpu.</summary>
    public virtual bool NeedsGpuPrograms => false;

    /// <summary>Why nothing can run on it here, as a sentence; <see langword="null"/> where it answers.</summary>
    public virtual string? Missing => null;

    /// <summary>Batches that are held against the interpreter: one sample, two, a prime number of them, and one more than a power of two.</summary>
    public virtual IReadOnlyList<int> Batches { get; } = [1, 2, 7, 33];

    /// <summary>Samples of the large batch where a small one is compared with it; at least 10.</summary>
    public virtual int Large => 33;

    /// <summary>Greatest difference from the interpreter, relative to the greatest magnitude of a tensor.</summary>
    public virtual double Tolerance(NetworkCase network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Tolerance;
    }

    /// <summary>Whether a case of a family runs here.</summary>
    public virtual bool Runs(NetworkCase network) => true;
}
