using NetDsl.Conformance.Devices;

namespace NetDsl.Conformance.Cpu;

/// <summary>The CPU, in projects without NetDsl.Gpu.</summary>
public sealed class OnCpu : TestDevice
{
    public override Device Device => Device.Cpu;
}
