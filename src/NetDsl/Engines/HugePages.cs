using System.Runtime.InteropServices;

namespace NetDsl.Engines;

/// <summary>
/// Pages of 2 MB for large pieces of memory: a training step goes through more 4 KB pages than the processor keeps addresses of. Linux gives them to who asks
/// (transparent huge pages, madvise(2)); elsewhere, and where they are switched off, memory is as it was.
/// </summary>
internal static unsafe partial class HugePages
{
    /// <summary>Bytes of a page.</summary>
    public const uint Size = 2 << 20;

    private const int AdviseHugePage = 14;

    /// <summary>Bytes of the pages that hold a piece of memory, 0 where it is too small: the last page is one of them where at least half of it is used.</summary>
    public static nuint Cover(nuint bytes) => OperatingSystem.IsLinux() && bytes >= Size ? (bytes + (Size / 2)) / Size * Size : 0;

    /// <summary>Asks for them. It is no more than advice: what the kernel answers changes nothing but speed.</summary>
    /// <param name="start">The first byte, at a multiple of <see cref="Size"/>.</param>
    /// <param name="bytes">A multiple of <see cref="Size"/>.</param>
    public static void Ask(void* start, nuint bytes)
    {
        try
        {
            _ = Advise(start, bytes, AdviseHugePage);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A Linux without the C library under its name has small pages.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
