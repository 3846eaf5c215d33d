using NetDsl.Gpu;

namespace NetDsl.Conformance.Devices;

/// <summary>A device of NetDsl.Gpu.</summary>
public abstract class GpuTestDevice : TestDevice
{
    /// <inheritdoc/>
    public override bool NeedsGpuPrograms => true;

    /// <inheritdoc/>
    public override string? Missing => Finder.Find(0, out string? reason) is null ? $"{Device}: {reason}." : null;

    private protected abstract DeviceFinder Finder { get; }
}

/// <summary>ILGPU's simulated device: every case, in batches that its threads can bear.</summary>
public sealed class OnIlgpu : GpuTestDevice
{
    /// <inheritdoc/>
    public override Device Device => Device.IlgpuCpu;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Batches { get; } = [1, 7];

    /// <inheritdoc/>
    public override int Large => 11;

    private protected override DeviceFinder Finder => DeviceFinder.Simulated;
}

/// <summary>
/// The first device that OpenCL has, which is PoCL where there is no GPU. PoCL compiles slowly, so it gets the representative
/// networks; with NETDSL_ALL_NETWORKS=1 all of them.
/// </summary>
public sealed class OnOpenCL : GpuTestDevice
{
    private static readonly bool s_all = Environment.GetEnvironmentVariable("NETDSL_ALL_NETWORKS") == "1";

    /// <inheritdoc/>
    public override Device Device => Device.OpenCL;

    /// <inheritdoc/>
    public override bool Runs(Networks.NetworkCase network) => s_all || Networks.RepresentativeNetworks.Contains(network);

    private protected override DeviceFinder Finder => DeviceFinder.OpenCL;
}

/// <summary>The first CUDA device.</summary>
public sealed class OnCuda : GpuTestDevice
{
    /// <inheritdoc/>
    public override Device Device => Device.Cuda;

    /// <inheritdoc/>
    /// <remarks>TF32 rounds each factor by up to 2^-11, and a gradient passes several products.</remarks>
    public override double Tolerance(Networks.NetworkCase network) =>
        network is { Precision: Precision.TF32 } ? 1e-2 : base.Tolerance(network);

    private protected override DeviceFinder Finder => DeviceFinder.Cuda;
}
