using NetDsl.Cpu;

namespace NetDsl.Engines;

/// <summary>
/// The optimizers on the CPU: one pass over flat memory, shared by the team, after another for the norm where it is clipped.
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
        int length = checked((int)gradients.Length);
        int parts = OptimizerParts.Count(length);
        GradientClip clip = Clip(optimizer);
        switch (optimizer)
        {
            case Sgd { Momentum: 0 } sgd:
                team.Run(new SgdKernel(parameters.Floats, gradients.Floats, length, clip, (float)sgd.LearningRate), parts);
                break;
            case Sgd sgd:
                team.Run(
                    new MomentumKernel(parameters.Floats, gradients.Floats, State(ref _first), length, clip, (float)sgd.LearningRate, (float)sgd.Momentum, sgd.Nesterov),
                    parts);
                break;
            case Adam adam:
                // The corrections for the zero start, in double: 1 - Beta2^t loses half its digits in float.
                double correction1 = 1 - Math.Pow(adam.Beta1, Steps);
                double correction2 = 1 - Math.Pow(adam.Beta2, Steps);
                team.Run(
                    new AdamKernel(parameters.Floats, gradients.Floats, State(ref _first), State(ref _second), length, clip)
                    {
                        Beta1 = (float)adam.Beta1,
                        OneMinusBeta1 = (float)(1 - adam.Beta1),
                        Beta2 = (float)adam.Beta2,
                        OneMinusBeta2 = (float)(1 - adam.Beta2),
                        Step = (float)(adam.LearningRate / correction1),
                        InverseRoot = (float)(1 / Math.Sqrt(correction2)),
                        Epsilon = (float)adam.Epsilon,
                    },
                    parts);
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
