using NetDsl.Cpu;

namespace NetDsl.Engines;

/// <summary>
/// The optimizers on the CPU: one pass over the parameters, shared by the team, after another for the norm where it is clipped.
/// Holds their state.
/// </summary>
internal sealed class CpuOptimizer(WorkerTeam team, FloatArena parameters, FloatArena gradients) : IDisposable
{
    private readonly GradientNorm _norm = new(team, gradients);
    private Type? _kind;
    private FloatArena? _first;
    private FloatArena? _second;

    /// <summary>Steps taken with the present state.</summary>
    public long Steps { get; private set; }

    public void Apply(Optimizer optimizer)
    {
        if (_kind != optimizer.GetType()) Reset(optimizer.GetType());
        Steps++;
        GradientClip clip = Clip(optimizer);
        switch (optimizer)
        {
            case Sgd { Momentum: 0 } sgd:
                Run(new SgdRule(parameters.Floats, gradients.Floats, clip, (float)sgd.LearningRate));
                break;
            case Sgd sgd:
                Run(new MomentumRule(
                    parameters.Floats, gradients.Floats, State(ref _first), clip, (float)sgd.LearningRate, (float)sgd.Momentum, sgd.Nesterov));
                break;
            case Adam adam:
                // The corrections for the zero start, in double: 1 - Beta2^t loses half its digits in float.
                double correction1 = 1 - Math.Pow(adam.Beta1, Steps);
                double correction2 = 1 - Math.Pow(adam.Beta2, Steps);
                Run(new AdamRule(parameters.Floats, gradients.Floats, State(ref _first), State(ref _second), clip)
                {
                    Beta1 = (float)adam.Beta1,
                    OneMinusBeta1 = (float)(1 - adam.Beta1),
                    Beta2 = (float)adam.Beta2,
                    OneMinusBeta2 = (float)(1 - adam.Beta2),
                    Step = (float)(adam.LearningRate / correction1),
                    InverseRoot = (float)(1 / Math.Sqrt(correction2)),
                    Epsilon = (float)adam.Epsilon,
                });
                break;
            default:
                throw new NotSupportedException($"The CPU has no code for the optimizer {optimizer.GetType().Name}.");
        }
    }

    public void Dispose()
    {
        _first?.Dispose();
        _second?.Dispose();
    }

    private void Run<TRule>(TRule rule)
        where TRule : struct, IUpdateRule
    {
        int length = checked((int)gradients.Length);
        team.Run(new UpdateKernel<TRule>(rule, length), ArenaParts.Count(length));
    }

    private GradientClip Clip(Optimizer optimizer)
    {
        float limit = GradientClip.LimitOf(optimizer);
        return new GradientClip(limit, optimizer.ClipNorm is { } clipNorm ? GradientClip.ScaleOf(clipNorm, _norm.Compute(limit)) : 1);
    }

    private void Reset(Type kind)
    {
        _kind = kind;
        _first?.Clear();
        _second?.Clear();
        Steps = 0;
    }

    private Floats State(ref FloatArena? arena) => (arena ??= new FloatArena(gradients.Length)).Floats;
}
