using System.Globalization;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace NetDsl.Gpu;

/// <summary>Devices by the CUDA driver.</summary>
internal static class CudaDevices
{
    /// <summary>A device by its number, or why there is none.</summary>
    public static (Accelerator? Accelerator, string Text) Open(int index)
    {
        if (!NativeLibraries.IsThere(NativeLibraries.Cuda)) return (null, $"no CUDA driver ({NativeLibraries.Cuda}) was found");
        // Profiling allows events between launches; it costs nothing where none are asked for.
        Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).Profiling().Cuda());
        try
        {
            Context.DeviceCollection<CudaDevice> devices = context.GetCudaDevices();
            if (index < devices.Count)
            {
                CudaDevice device = devices[index];
                return (device.CreateCudaAccelerator(context), Describe(device));
            }

            int count = devices.Count;
            context.Dispose();
            return (null, count == 0 ? $"the CUDA driver ({NativeLibraries.Cuda}) is there but has no device" : DeviceFinder.NoSuchNumber(index, count, "CUDA device"));
        }
        catch (Exception exception) when (exception is AcceleratorException or NotSupportedException)
        {
            context.Dispose();
            return (null, $"the CUDA device {index} does not answer ({exception.GetBaseException().Message})");
        }
    }

    private static string Describe(CudaDevice device) => string.Create(
        CultureInfo.InvariantCulture,
        $"CUDA, {device.Name}, {device.MemorySize >> 30} GB");
}
