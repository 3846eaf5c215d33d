using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace NetDsl.Gpu;

/// <summary>Devices by OpenCL, and the one workaround that PoCL needs.</summary>
internal static class OpenCLDevices
{
    private const string PoclPlatform = "Portable Computing Language";

    /// <summary>A device by its number, or why there is none.</summary>
    /// <param name="index">From 0, in the order of OpenCL.</param>
    /// <param name="onlyGpus">Passes over devices that are no GPU.</param>
    public static (Accelerator? Accelerator, string Text) Open(int index, bool onlyGpus)
    {
        if (!NativeLibraries.IsThere(NativeLibraries.OpenCL)) return (null, $"no OpenCL library ({NativeLibraries.OpenCL}) was found");
        List<string> passed = [];
        // Without optimisation ILGPU's OpenCL code has aliased pointers, which PoCL refuses.
        Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).OpenCL(device => Takes(device, onlyGpus, passed)));
        try
        {
            Context.DeviceCollection<CLDevice> devices = context.GetCLDevices();
            if (index < devices.Count)
            {
                CLDevice device = devices[index];
                return (device.CreateCLAccelerator(context), $"OpenCL, {device.Name.Trim()}");
            }

            int count = devices.Count;
            context.Dispose();
            return (null, count > 0 ? DeviceFinder.NoSuchNumber(index, count, onlyGpus ? "OpenCL GPU" : "OpenCL device")
                : passed.Count == 0 ? "OpenCL has no device"
                : $"OpenCL has no {(onlyGpus ? "GPU" : "device")} that can be used ({string.Join("; ", passed)})");
        }
        catch (Exception exception) when (exception is AcceleratorException or NotSupportedException)
        {
            context.Dispose();
            return (null, $"the OpenCL device {index} does not answer ({exception.GetBaseException().Message})");
        }
    }

    private static bool Takes(CLDevice device, bool onlyGpus, List<string> passed)
    {
        string? reason = onlyGpus && !device.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_GPU) ? "is no GPU"
            : device.CLStdVersion < CLBackend.MinimumVersion ? $"has OpenCL C {device.CLStdVersion}, and {CLBackend.MinimumVersion} is needed"
            : device.Capabilities.GenericAddressSpace || ForceGenericAddressSpace(device) ? null
            : "has no generic address space";
        if (reason is not null) passed.Add($"{device.Name.Trim()} {reason}");
        return reason is null;
    }

    /// <summary>
    /// PoCL's compiler takes pointers of the generic address space though PoCL 3.1 does not say so, and ILGPU refuses devices
    /// that do not say so. The setter is not public. Other platforms are believed.
    /// </summary>
    private static bool ForceGenericAddressSpace(CLDevice device)
    {
        if (device.PlatformName != PoclPlatform) return false;
        PropertyInfo? property = device.Capabilities.GetType().GetProperty(
            nameof(CLCapabilityContext.GenericAddressSpace),
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        if (property?.SetMethod is null) return false;
        property.SetValue(device.Capabilities, true);
        return device.Capabilities.GenericAddressSpace;
    }
}
