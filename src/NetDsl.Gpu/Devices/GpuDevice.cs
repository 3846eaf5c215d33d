using System.Globalization;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace NetDsl.Gpu;

/// <summary>
/// One accelerator, shared by every network of the process that runs on it: its memory, its loaded kernels. Lives as long as
/// the process. A kernel is compiled by the first launch and stays.
/// </summary>
internal sealed class GpuDevice
{
    /// <summary>
    /// Kernels after which ILGPU begins a new dynamic assembly. It adds types to one for each kernel, and adding a type takes
    /// time for each that is there: at some thousand kernels a hundred times what it took at the first.
    /// </summary>
    private const int KernelsOfAssembly = 100;

    private readonly Lock _loading = new();
    private LoadedKernel?[] _kernels = new LoadedKernel?[64];
    private int _compiled;
    private long _allocated;

    public GpuDevice(Accelerator accelerator, string description)
    {
        Accelerator = accelerator;
        Description = description;
        Copies = DeviceCopies.For(accelerator);
    }

    public Accelerator Accelerator { get; }

    /// <summary>The device in words: <c>CUDA, NVIDIA H100, 79 GB</c>.</summary>
    public string Description { get; }

    public DeviceCopies Copies { get; }

    /// <summary>Sees each launch; nobody does unless a benchmark asks.</summary>
    public ILaunchObserver? Observer { get; set; }

    /// <summary>Whether a kernel failed to compile, which leaves ILGPU's context unusable for further compilation.</summary>
    public bool IsPoisoned { get; private set; }

    /// <summary>Bytes that are allocated here now, by every network of the process.</summary>
    public long AllocatedBytes => Interlocked.Read(ref _allocated);

    /// <summary>Bytes that an allocation can hope for.</summary>
    public long FreeBytes => Accelerator is CudaAccelerator cuda
        ? cuda.GetFreeMemory()
        : Math.Max(0, Math.Min(Accelerator.MemorySize, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) - AllocatedBytes);

    /// <summary>The kernel, compiled at its first use here.</summary>
    /// <exception cref="GpuKernelException">It does not compile.</exception>
    public LoadedKernel<TArguments> Load<TArguments>(GpuKernel<TArguments> kernel)
        where TArguments : struct
    {
        LoadedKernel?[] kernels = Volatile.Read(ref _kernels);
        return kernel.Id < kernels.Length && Volatile.Read(ref kernels[kernel.Id]) is { } loaded
            ? (LoadedKernel<TArguments>)loaded
            : Compile(kernel);
    }

    /// <summary>Memory of the device, all zero once the stream has come this far.</summary>
    /// <param name="length">Elements.</param>
    /// <param name="stream">The stream that clears it.</param>
    /// <param name="purpose">What for, as a clause for the message.</param>
    /// <exception cref="GpuMemoryException">There is not as much.</exception>
    public DeviceArray<T> Allocate<T>(long length, AcceleratorStream stream, string purpose)
        where T : unmanaged
    {
        long bytes = checked(length * Interop.SizeOf<T>());
        MemoryBuffer1D<T, Stride1D.Dense> buffer = TryAllocate<T>(length, bytes, out _) ?? AllocateAfterCollection<T>(length, bytes, purpose);
        Interlocked.Add(ref _allocated, bytes);
        DeviceArray<T> array = new(this, buffer, bytes);
        try
        {
            buffer.View.BaseView.MemSetToZero(stream);
        }
        catch (AcceleratorException exception)
        {
            array.Dispose();
            throw Failed(purpose, exception);
        }

        return array;
    }

    public void Freed(long bytes) => Interlocked.Add(ref _allocated, -bytes);

    /// <summary>What a failed call of the driver becomes.</summary>
    public GpuException Failed(string what, Exception exception) =>
        new($"The device '{Description}' failed while {what}: {exception.GetBaseException().Message}", exception);

    /// <summary>What a failed launch becomes.</summary>
    public GpuKernelException LaunchFailed(GpuKernel kernel, Exception exception) =>
        KernelFailed(kernel, exception, "could not be launched");

    private GpuKernelException KernelFailed(GpuKernel kernel, Exception exception, string verb) =>
        new($"The kernel {kernel.Display} {verb} on the device '{Description}': {exception.GetBaseException().Message}", exception)
        {
            Kernel = kernel.Name,
            Layer = kernel.Layer,
            Device = Description,
        };

    private LoadedKernel<TArguments> Compile<TArguments>(GpuKernel<TArguments> kernel)
        where TArguments : struct
    {
        lock (_loading)
        {
            if (kernel.Id < _kernels.Length && _kernels[kernel.Id] is { } known) return (LoadedKernel<TArguments>)known;
            LoadedKernel<TArguments> loaded;
            try
            {
                Action<AcceleratorStream, KernelConfig, TArguments> launcher = Accelerator.LoadKernel(kernel.ActionFor(Accelerator));
                int groupSize = Math.Min(kernel.GroupSize, Accelerator.MaxNumThreadsPerGroup);
                loaded = new LoadedKernel<TArguments>(groupSize, launcher, Accelerator is CLAccelerator);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                IsPoisoned = true;
                throw KernelFailed(kernel, exception, "failed to compile");
            }

            // Kernels that were loaded stay as they are; what the caches held for others is made again.
            if (++_compiled % KernelsOfAssembly == 0) Accelerator.Context.ClearCache(ClearCacheMode.Everything);
            if (kernel.Id >= _kernels.Length)
            {
                LoadedKernel?[] larger = new LoadedKernel?[Math.Max(kernel.Id + 1, 2 * _kernels.Length)];
                _kernels.CopyTo(larger, 0);
                Volatile.Write(ref _kernels, larger);
            }

            Volatile.Write(ref _kernels[kernel.Id], loaded);
            return loaded;
        }
    }

    private MemoryBuffer1D<T, Stride1D.Dense>? TryAllocate<T>(long length, long bytes, out Exception? failure)
        where T : unmanaged
    {
        failure = null;
        // OpenCL promises memory that is not there and fails at the first use.
        if (Accelerator is not CudaAccelerator && bytes > FreeBytes) return null;
        try
        {
            return Accelerator.Allocate1D<T>(length);
        }
        catch (Exception exception) when (exception is AcceleratorException or OutOfMemoryException)
        {
            failure = exception;
            return null;
        }
    }

    /// <summary>Networks that were forgotten and not disposed hold memory until their finalizers run.</summary>
    private MemoryBuffer1D<T, Stride1D.Dense> AllocateAfterCollection<T>(long length, long bytes, string purpose)
        where T : unmanaged
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        if (TryAllocate<T>(length, bytes, out Exception? failure) is { } buffer) return buffer;
        long free = FreeBytes;
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"The device '{Description}' has not enough memory: {bytes:N0} bytes are needed for {purpose}, and {free:N0} bytes are free.");
        throw failure is null
            ? new GpuMemoryException(message) { Needed = bytes, Free = free }
            : new GpuMemoryException(message, failure) { Needed = bytes, Free = free };
    }
}
