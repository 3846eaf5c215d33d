using System.Globalization;
using ILGPU.Runtime;

namespace NetDsl.Gpu;

/// <summary>
/// The devices of one kind, by their number. A device and its context are made when first asked for and stay for the process;
/// one where a kernel failed to compile is replaced for those who ask later.
/// </summary>
internal sealed class DeviceFinder
{
    private readonly Lock _lock = new();
    private readonly Func<int, (Accelerator? Accelerator, string Text)> _open;
    private readonly DeviceFinder[] _others;
    private readonly Dictionary<int, (GpuDevice? Device, string Reason)> _known = [];

    /// <param name="open">The accelerator of a number and the device in words, or nothing and the reason.</param>
    private DeviceFinder(Func<int, (Accelerator? Accelerator, string Text)> open) => (_open, _others) = (open, []);

    /// <param name="others">Finders to be asked in turn.</param>
    private DeviceFinder(params DeviceFinder[] others) => (_open, _others) = (_ => (null, ""), others);

    /// <summary>GPUs by CUDA.</summary>
    public static DeviceFinder Cuda { get; } = new(CudaDevices.Open);

    /// <summary>Whatever OpenCL has.</summary>
    public static DeviceFinder OpenCL { get; } = new(index => OpenCLDevices.Open(index, onlyGpus: false));

    /// <summary>ILGPU's simulated device.</summary>
    public static DeviceFinder Simulated { get; } = new(SimulatedDevice.Open);

    /// <summary>GPUs: by CUDA, else by OpenCL.</summary>
    public static DeviceFinder Gpu { get; } = new(Cuda, new DeviceFinder(index => OpenCLDevices.Open(index, onlyGpus: true)));

    /// <summary>A device by its number.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="reason">Why there is none, as a clause.</param>
    public GpuDevice? Find(int index, out string? reason)
    {
        if (_others.Length > 0) return FindFirst(index, out reason);
        lock (_lock)
        {
            if (!_known.TryGetValue(index, out (GpuDevice? Device, string Reason) known) || known.Device is { IsPoisoned: true })
            {
                (Accelerator? accelerator, string text) = _open(index);
                known = accelerator is null ? (null, text) : (new GpuDevice(accelerator, text), "");
                _known[index] = known;
            }

            reason = known.Device is null ? known.Reason : null;
            return known.Device;
        }
    }

    /// <summary>The clause for a number that is too high.</summary>
    /// <param name="index">The number.</param>
    /// <param name="count">Devices there are.</param>
    /// <param name="what">One of them.</param>
    internal static string NoSuchNumber(int index, int count, string what) => string.Create(
        CultureInfo.InvariantCulture,
        $"there {(count == 1 ? $"is 1 {what}" : $"are {count} {what}s")}, numbered from 0, and number {index} was asked for");

    private GpuDevice? FindFirst(int index, out string? reason)
    {
        List<string> reasons = [];
        foreach (DeviceFinder finder in _others)
        {
            if (finder.Find(index, out reason) is { } device) return device;
            reasons.Add(reason!);
        }

        reason = string.Join(", and ", reasons);
        return null;
    }
}
