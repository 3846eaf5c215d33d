using NetDsl.Cpu;
using NetDsl.Networks;

namespace NetDsl.Engines;

/// <summary>Makes the engine of one kind of device. An assembly that brings a device registers one with <see cref="EngineRegistry"/>.</summary>
public abstract class EngineFactory
{
    /// <summary>The device's name in lower case, as <see cref="Device.Parse"/> takes it.</summary>
    public abstract string Name { get; }

    /// <summary>Under <see cref="Device.Auto"/> the factories are asked from the highest rank to the lowest; the CPU has 0, and below 0 is only used by name.</summary>
    public abstract int Rank { get; }

    /// <summary>Makes an engine for a network.</summary>
    /// <param name="request">The network.</param>
    /// <param name="reason">Where the answer is <see langword="null"/>: why, as a clause (<c>no CUDA device answers</c>).</param>
    /// <returns>The engine, or <see langword="null"/> where the device does not answer or has no code for this network.</returns>
    public abstract Engine? TryCreate(EngineRequest request, out string? reason);
}

/// <summary>What an engine is made for.</summary>
/// <param name="Info">The network.</param>
/// <param name="Programs">Its programs for the CPU.</param>
/// <param name="DevicePrograms">
/// Its programs for another kind of device, made when first asked for; <see langword="null"/> where none were generated.
/// </param>
/// <param name="Threads">Workers on the CPU.</param>
public sealed record EngineRequest(NetworkInfo Info, CpuPrograms Programs, Func<DevicePrograms>? DevicePrograms, int Threads)
{
    /// <summary>Which of several devices of the kind, from 0; more than 0 only where it was asked for.</summary>
    public int DeviceIndex { get; init; }
}
