using NetDsl.Cpu;

namespace NetDsl.Engines;

/// <summary>What an optimizer does to each parameter.</summary>
internal interface IUpdateRule
{
    /// <summary>Updates the parameters from <paramref name="start"/> to before <paramref name="end"/>, and the optimizer's state beside them.</summary>
    void Update<TLanes>(int start, int end)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>An optimizer's pass over the parameters.</summary>
internal readonly struct UpdateKernel<TRule>(TRule rule, int length) : IKernel
    where TRule : struct, IUpdateRule
{
    public void Run(int part, int worker)
    {
        (int start, int end) = ArenaParts.Range(part, length);
        if (WideLanes.IsSupported) rule.Update<WideLanes>(start, end);
        else rule.Update<VectorLanes>(start, end);
    }
}
