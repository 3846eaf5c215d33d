using System.Runtime.InteropServices;
using NetDsl.Cpu;

namespace NetDsl.Tests.Cpu;

/// <summary>
/// Native memory whose last byte is the last of a page, with a page behind it that nobody may touch: reading one float too many ends the
/// process. On systems other than Linux it is ordinary memory.
/// </summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int Readable = 1, Writable = 2, Private = 2, Anonymous = 0x20;

    private readonly nuint _page = (nuint)Environment.SystemPageSize;
    private readonly nuint _bytes;
    private readonly byte* _mapping;
    private readonly float* _pointer;
    private readonly int _length;

    public GuardedMemory(int length, int seed)
    {
        _length = length;
        nuint needed = (nuint)length * sizeof(float);
        _bytes = (((needed + _page - 1) / _page) + 1) * _page;
        if (OperatingSystem.IsLinux())
        {
            _mapping = Map(null, _bytes, Readable | Writable, Private | Anonymous, -1, 0);
            if ((nint)_mapping == -1 || Protect(_mapping + _bytes - _page, _page, 0) != 0)
                throw new InvalidOperationException($"No {_bytes} bytes could be mapped: error {Marshal.GetLastPInvokeError()}.");
        }
        else
        {
            _mapping = (byte*)NativeMemory.AlignedAlloc(_bytes, _page);
        }

        _pointer = (float*)(_mapping + _bytes - _page - needed);
        Random random = new(seed);
        foreach (ref float value in Span) value = (float)((random.NextDouble() * 2) - 1);
    }

    public Span<float> Span => new(_pointer, _length);

    public BatchView View(int stride) => new(new Floats(_pointer), stride);

    public void Dispose()
    {
        if (OperatingSystem.IsLinux()) _ = Unmap(_mapping, _bytes);
        else NativeMemory.AlignedFree(_mapping);
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(void* address, nuint length);
}
