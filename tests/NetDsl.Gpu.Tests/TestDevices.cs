using Xunit;

namespace NetDsl.Gpu.Tests;

/// <summary>The devices that the tests run on: ILGPU's own, and OpenCL's first where there is one.</summary>
public static class TestDevices
{
    /// <summary>Names, as <see cref="Device.Parse"/> takes them.</summary>
    public static TheoryData<string> All => Missing is null ? ["ilgpu-cpu", "opencl"] : ["ilgpu-cpu"];

    /// <summary>Why OpenCL is not among them.</summary>
    internal static string? Missing { get; } = DeviceFinder.OpenCL.Find(0, out string? reason) is null ? reason : null;

    internal static GpuDevice Find(string name)
    {
        DeviceFinder finder = name == "opencl" ? DeviceFinder.OpenCL : DeviceFinder.Simulated;
        return finder.Find(0, out string? reason) ?? throw new InvalidOperationException(reason);
    }
}

/// <summary>A fact about OpenCL: skipped with the reason where it has no device.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenCLFactAttribute : FactAttribute
{
    public OpenCLFactAttribute() => Skip = TestDevices.Missing;
}
