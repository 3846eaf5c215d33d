using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace NetDsl.Gpu;

/// <summary>
/// Copies between host memory and a device's buffer, in the order of a stream. ILGPU's own allocate an object each, and on
/// OpenCL take the length of the host's whole buffer instead of the view's.
/// </summary>
internal abstract unsafe class DeviceCopies
{
    public static DeviceCopies For(Accelerator accelerator) => accelerator switch
    {
        CudaAccelerator => new Cuda(),
        CLAccelerator => new OpenCL(),
        CPUAccelerator => new Cpu(),
        _ => throw new NotSupportedException($"Accelerators of the type {accelerator.AcceleratorType} are not known."),
    };

    /// <summary>Copies in. The host's memory must stay as and where it is until the stream has come this far.</summary>
    public abstract void Upload(AcceleratorStream stream, void* source, MemoryBuffer target, long offset, long bytes);

    /// <summary>Copies out. The host's memory is written when the stream has come this far.</summary>
    public abstract void Download(AcceleratorStream stream, MemoryBuffer source, long offset, void* target, long bytes);

    private sealed class Cuda : DeviceCopies
    {
        public override void Upload(AcceleratorStream stream, void* source, MemoryBuffer target, long offset, long bytes)
        {
            using ScopedAcceleratorBinding binding = stream.BindScoped();
            CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.MemcpyAsync(target.NativePtr + (nint)offset, (nint)source, (nint)bytes, stream));
        }

        public override void Download(AcceleratorStream stream, MemoryBuffer source, long offset, void* target, long bytes)
        {
            using ScopedAcceleratorBinding binding = stream.BindScoped();
            CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.MemcpyAsync((nint)target, source.NativePtr + (nint)offset, (nint)bytes, stream));
        }
    }

    private sealed class OpenCL : DeviceCopies
    {
        public override void Upload(AcceleratorStream stream, void* source, MemoryBuffer target, long offset, long bytes) =>
            CLException.ThrowIfFailed(CLAPI.CurrentAPI.WriteBuffer(stream, target.NativePtr, false, (nint)offset, (nint)bytes, (nint)source));

        public override void Download(AcceleratorStream stream, MemoryBuffer source, long offset, void* target, long bytes) =>
            CLException.ThrowIfFailed(CLAPI.CurrentAPI.ReadBuffer(stream, source.NativePtr, false, (nint)offset, (nint)bytes, (nint)target));
    }

    private sealed class Cpu : DeviceCopies
    {
        public override void Upload(AcceleratorStream stream, void* source, MemoryBuffer target, long offset, long bytes) =>
            Buffer.MemoryCopy(source, (byte*)target.NativePtr + offset, bytes, bytes);

        public override void Download(AcceleratorStream stream, MemoryBuffer source, long offset, void* target, long bytes) =>
            Buffer.MemoryCopy((byte*)source.NativePtr + offset, target, bytes, bytes);
    }
}
