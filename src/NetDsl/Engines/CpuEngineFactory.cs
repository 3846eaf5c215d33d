namespace NetDsl.Engines;

/// <summary>The CPU: always there.</summary>
internal sealed class CpuEngineFactory : EngineFactory
{
    public override string Name => Device.Cpu.Name;

    public override int Rank => 0;

    public override Engine? TryCreate(EngineRequest request, out string? reason)
    {
        reason = null;
        return new CpuEngine(request);
    }
}
