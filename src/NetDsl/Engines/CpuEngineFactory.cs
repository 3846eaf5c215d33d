namespace NetDsl.Engines;

/// <summary>The CPU: always there.</summary>
internal sealed class CpuEngineFactory : EngineFactory
{
    public override string Name => Device.Cpu.Name;

    public override int Rank => 0;

    public override Engine? TryCreate(EngineRequest request, out string? reason)
    {
        reason = request.DeviceIndex == 0 ? null : "the CPU is one device, with the number 0";
        return request.DeviceIndex == 0 ? new CpuEngine(request) : null;
    }
}
