using System.Runtime.InteropServices;
using ILGPU.Runtime;

namespace NetDsl.Gpu;

/// <summary>Native host memory on whole pages, page-locked on CUDA so that the device copies it by itself.</summary>
internal sealed unsafe class HostBuffer(GpuDevice device) : IDisposable
{
    private const int Page = 4096;

    private PageLockScope<byte>? _locked;

    ~HostBuffer() => NativeMemory.AlignedFree(Pointer);

    /// <summary>The first byte.</summary>
    public byte* Pointer { get; private set; }

    /// <summary>Bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Makes it at least this long. What it held is gone, and no copy of it may be under way.</summary>
    public void Grow(long bytes)
    {
        if (Length >= bytes) return;
        Free();
        // Whole pages of its own: CUDA refuses to lock a page twice.
        long rounded = (bytes + Page - 1) / Page * Page;
        Pointer = (byte*)NativeMemory.AlignedAlloc((nuint)rounded, Page);
        Length = rounded;
        try
        {
            _locked = device.Accelerator.CreatePageLockFromPinned<byte>((nint)Pointer, rounded);
        }
        catch (Exception exception) when (exception is AcceleratorException or NotSupportedException)
        {
            // Locked pages are scarce and not on every system; copies from other pages are right and slower.
            _locked = null;
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        _locked?.Dispose();
        NativeMemory.AlignedFree(Pointer);
        (_locked, Length) = (null, 0);
        Pointer = null;
    }
}
