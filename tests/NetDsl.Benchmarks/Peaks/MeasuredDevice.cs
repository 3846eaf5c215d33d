using System.Runtime.InteropServices;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using NetDsl.Benchmarks.Commands;
using NetDsl.Benchmarks.Reports;
using NetDsl.Benchmarks.Workloads;
using NetDsl.Gpu;

namespace NetDsl.Benchmarks.Peaks;

/// <summary>The device that a network was put on: whether it is this machine's CPU, and what it can do.</summary>
internal sealed class MeasuredDevice
{
    private readonly GpuDevice? _device;

    private MeasuredDevice(string description, GpuDevice? device) => (Description, _device) = (description, device);

    /// <summary>In words.</summary>
    public string Description { get; }

    /// <summary>Whether it is this machine's CPU, by whatever way it is reached.</summary>
    public bool IsCpu => _device?.Accelerator switch
    {
        null or CPUAccelerator => true,
        CLAccelerator opencl => !((CLDevice)opencl.Device).DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_GPU),
        _ => false,
    };

    /// <summary>Threads of the CPU that the device and PyTorch use, and that the peak is measured on.</summary>
    public static int Threads => Environment.ProcessorCount;

    /// <summary>Whether there are launches to see.</summary>
    public bool LaunchesKernels => _device is not null;

    /// <summary>Whether the device itself can say when a kernel began and ended.</summary>
    public bool HasEvents => _device?.Accelerator is CudaAccelerator;

    public static MeasuredDevice Of(SampleNetwork network) =>
        new(network.Network.Runtime.DeviceDescription, (network.Network.Runtime.Engine as GpuEngine)?.Device);

    public DevicePeak MeasurePeak() => IsCpu ? CpuPeak.Measure(Threads) : GpuPeak.Measure(_device!.Accelerator);

    /// <summary>Lets an observer see launches while an action runs.</summary>
    /// <exception cref="InvalidOperationException">The device launches no kernels.</exception>
    public void Observe(ILaunchObserver observer, Action action)
    {
        if (_device is null) throw new InvalidOperationException($"'{Description}' launches no kernels.");
        _device.Observer = observer;
        try
        {
            action();
            _device.Accelerator.Synchronize();
        }
        finally
        {
            _device.Observer = null;
        }
    }

    public BenchmarkReport Report(GpuRequest request, DevicePeak peak, string peers, IReadOnlyList<string> notes, IReadOnlyList<BenchmarkRow> rows) => new()
    {
        Command = "gpu",
        Device = request.Device.Name,
        DeviceName = Description,
        Ilgpu = _device is null ? null : typeof(Accelerator).Assembly.GetName().Version?.ToString(3),
        Dotnet = Environment.Version.ToString(),
        System = RuntimeInformation.RuntimeIdentifier,
        Processors = Environment.ProcessorCount,
        Date = DateTimeOffset.UtcNow,
        PeakGflops = peak.Gflops,
        PeakGigabytesPerSecond = peak.GigabytesPerSecond,
        PeakHow = peak.How,
        Peers = peers,
        Notes = notes,
        Rows = rows,
    };
}
