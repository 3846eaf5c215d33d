using NetDsl.Engines;

namespace NetDsl.Gpu;

/// <summary>Makes networks' engines on one kind of device.</summary>
internal sealed class GpuEngineFactory(string name, int rank, DeviceFinder finder) : EngineFactory
{
    /// <summary>All that are registered. Above the CPU's rank 0 is what is a GPU for sure.</summary>
    public static IReadOnlyList<GpuEngineFactory> All { get; } =
    [
        new("gpu", 100, DeviceFinder.Gpu),
        new("cuda", -1, DeviceFinder.Cuda),
        new("opencl", -1, DeviceFinder.OpenCL),
        new("ilgpu-cpu", -1, DeviceFinder.Simulated),
    ];

    public override string Name => name;

    public override int Rank => rank;

    public override Engine? TryCreate(EngineRequest request, out string? reason)
    {
        if (request.DevicePrograms is not { } programs)
        {
            reason = $"{request.Info.Name} has no programs for a GPU, which are generated where its own project references NetDsl.Gpu";
            return null;
        }

        if (finder.Find(request.DeviceIndex, out reason) is not { } device) return null;
        if (programs() is not GpuPrograms own)
        {
            reason = $"{request.Info.Name} has programs for another kind of device";
            return null;
        }

        try
        {
            return new GpuEngine(device, own, request.Info);
        }
        catch (GpuMemoryException exception)
        {
            reason = exception.Message.TrimEnd('.');
            return null;
        }
    }
}
