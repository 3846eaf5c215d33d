using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace NetDsl.Gpu;

/// <summary>ILGPU's CPU device, which runs kernels as .NET code.</summary>
internal static class SimulatedDevice
{
    /// <summary>The device of number 0.</summary>
    public static (Accelerator? Accelerator, string Text) Open(int index)
    {
        if (index > 0) return (null, DeviceFinder.NoSuchNumber(index, 1, "simulated device"));
        // Groups of two threads, so that barriers and group indices are at work, on two multiprocessors; each simulated
        // thread is one of the system's, and larger groups are slower by far.
        Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).CPU(new CPUDevice(2, 1, 2)));
        return (context.CreateCPUAccelerator(0, CPUAcceleratorMode.Parallel), "ILGPU's CPU device");
    }
}
