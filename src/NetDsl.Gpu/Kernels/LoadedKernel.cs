using ILGPU;
using ILGPU.Runtime;

namespace NetDsl.Gpu;

/// <summary>A kernel as one device runs it.</summary>
internal abstract class LoadedKernel(int groupSize)
{
    /// <summary>Threads of a group on this device.</summary>
    public int GroupSize { get; } = groupSize;
}

/// <inheritdoc/>
/// <param name="groupSize">Threads of a group on this device.</param>
/// <param name="launcher">ILGPU's launcher.</param>
/// <param name="locked">
/// Launches are one at a time: OpenCL keeps the arguments of the next launch in the kernel object (clSetKernelArg), which
/// all threads share.
/// </param>
internal sealed class LoadedKernel<TArguments>(int groupSize, Action<AcceleratorStream, KernelConfig, TArguments> launcher, bool locked) : LoadedKernel(groupSize)
    where TArguments : struct
{
    private readonly Lock? _lock = locked ? new Lock() : null;

    public void Launch(AcceleratorStream stream, int groups, in TArguments arguments)
    {
        KernelConfig config = new(groups, GroupSize);
        if (_lock is null)
        {
            launcher(stream, config, arguments);
            return;
        }

        lock (_lock) launcher(stream, config, arguments);
    }
}
