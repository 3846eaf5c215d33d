using ILGPU.Runtime;

namespace NetDsl.Gpu;

/// <summary>The stream of one run: its copies, its counters, and whether anything is under way on it.</summary>
internal sealed unsafe class GpuTransfers(GpuDevice device, AcceleratorStream stream, string network)
{
    /// <summary>What was asked of the device so far.</summary>
    public GpuCount Count;

    public AcceleratorStream Stream => stream;

    /// <summary>Copies in; see <see cref="DeviceCopies.Upload"/>.</summary>
    public void Upload(void* source, MemoryBuffer target, long offset, long bytes)
    {
        if (bytes == 0) return;
        try
        {
            device.Copies.Upload(stream, source, target, offset, bytes);
        }
        catch (AcceleratorException exception)
        {
            throw device.Failed($"copying to it for {network}", exception);
        }

        Count.Uploads++;
        Count.UploadedBytes += bytes;
    }

    /// <summary>Copies out; see <see cref="DeviceCopies.Download"/>.</summary>
    public void Download(MemoryBuffer source, long offset, void* target, long bytes)
    {
        if (bytes == 0) return;
        try
        {
            device.Copies.Download(stream, source, offset, target, bytes);
        }
        catch (AcceleratorException exception)
        {
            throw device.Failed($"copying from it for {network}", exception);
        }

        Count.Downloads++;
        Count.DownloadedBytes += bytes;
    }

    /// <summary>Waits for all that was asked on this stream.</summary>
    /// <param name="doing">What is being waited for, for the message.</param>
    /// <param name="program">The program that it is part of, or empty.</param>
    /// <exception cref="GpuException">Something of it failed.</exception>
    public void Synchronize(string doing, string program = "")
    {
        try
        {
            stream.Synchronize();
        }
        catch (AcceleratorException exception)
        {
            throw device.Failed($"{doing}{(program.Length == 0 ? "" : $" '{program}'")} of {network}", exception);
        }
    }
}
