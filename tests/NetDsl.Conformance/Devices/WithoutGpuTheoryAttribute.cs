using NetDsl.Gpu;
using Xunit;

namespace NetDsl.Conformance.Devices;

/// <summary>A theory for a machine without a GPU.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WithoutGpuTheoryAttribute : TheoryAttribute
{
    /// <summary>Skipped where a GPU answers.</summary>
    public WithoutGpuTheoryAttribute()
    {
        if (DeviceFinder.Gpu.Find(0, out _) is { } device) Skip = $"There is a GPU here: {device.Description}.";
    }
}
