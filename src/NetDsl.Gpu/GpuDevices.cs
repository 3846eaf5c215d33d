using NetDsl.Engines;

namespace NetDsl.Gpu;

/// <summary>The devices that this assembly brings: <c>gpu</c>, and by name only <c>cuda</c>, <c>opencl</c> and <c>ilgpu-cpu</c>.</summary>
public static class GpuDevices
{
    private static readonly Lock s_lock = new();
    private static bool s_registered;

    /// <summary>
    /// Registers the devices with <see cref="EngineRegistry"/>. Generated code calls it when the assembly is loaded; calling it
    /// again does nothing. Touches no driver.
    /// </summary>
    public static void Register()
    {
        if (Volatile.Read(ref s_registered)) return;
        lock (s_lock)
        {
            if (s_registered) return;
            foreach (GpuEngineFactory factory in GpuEngineFactory.All) EngineRegistry.Register(factory);
            Volatile.Write(ref s_registered, true);
        }
    }
}
