using ILGPU;
using ILGPU.Runtime;

namespace NetDsl.Gpu;

/// <summary>Memory of a device.</summary>
internal sealed class DeviceArray<T>(GpuDevice device, MemoryBuffer1D<T, Stride1D.Dense> buffer, long bytes) : IDisposable
    where T : unmanaged
{
    private int _disposed;

    /// <summary>Takes a forgotten array out of the device's account; its memory is freed by the buffer's own finalizer.</summary>
    ~DeviceArray()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) device?.Freed(bytes);
    }

    /// <summary>All of it.</summary>
    public ArrayView<T> View { get; } = buffer.View.BaseView;

    /// <summary>The buffer, for copies.</summary>
    public MemoryBuffer Buffer => buffer;

    /// <summary>Elements.</summary>
    public long Length => View.Length;

    /// <summary>A part of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within.</exception>
    public ArrayView<T> Part(long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > Length - length) throw OutOfRange(offset, length);
        return View.SubView(offset, length);
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        device.Freed(bytes);
        try
        {
            buffer.Dispose();
        }
        catch (AcceleratorException)
        {
            // A device that failed refuses this too; the failure itself was thrown where it was met.
        }
    }

    private ArgumentOutOfRangeException OutOfRange(long offset, long length) =>
        new(nameof(offset), offset, $"The {length} elements from {offset} on are not all within an arena of {Length}.");
}
