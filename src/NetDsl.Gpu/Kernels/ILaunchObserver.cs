using ILGPU.Runtime;

namespace NetDsl.Gpu;

/// <summary>Sees every launch on a device, to time kernels one by one.</summary>
internal interface ILaunchObserver
{
    /// <summary>A launch comes next on this stream.</summary>
    void Launching(GpuKernel kernel, AcceleratorStream stream);

    /// <summary>It was handed to the stream.</summary>
    void Launched(GpuKernel kernel, AcceleratorStream stream);
}
