using System.Runtime.CompilerServices;
using NetDsl.Cpu;

namespace NetDsl.Engines;

/// <summary>w -= rate g.</summary>
internal readonly unsafe struct SgdRule(Floats weights, Floats gradients, GradientClip clip, float rate) : IUpdateRule
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update<TLanes>(int start, int end)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes step = TLanes.Create(rate);
        for (int i = start; i < end; i += TLanes.Count)
            (TLanes.Load(weights.Pointer + i) - (step * clip.Apply(TLanes.Load(gradients.Pointer + i)))).Store(weights.Pointer + i);
    }
}

/// <summary>What the rules that keep moments of the gradients share.</summary>
internal static class Moments
{
    /// <summary>
    /// The smallest normal number. A moment below it becomes zero: that of a weight which gets no gradient any more, behind a unit that never
    /// fires, shrinks from step to step to the smallest subnormal numbers and would stay there, since rounding keeps it, and each operation on one
    /// costs Intel's processors some 150 cycles (40% of the time of samples/03-MnistCnn).
    /// </summary>
    public const float Least = 1.17549435e-38f;
}

/// <summary>v = momentum v + g; w -= rate v, or rate (g + momentum v) for Nesterov's.</summary>
internal readonly unsafe struct MomentumRule(Floats weights, Floats gradients, Floats velocities, GradientClip clip, float rate, float momentum, bool nesterov)
    : IUpdateRule
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update<TLanes>(int start, int end)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes step = TLanes.Create(rate), keep = TLanes.Create(momentum), least = TLanes.Create(Moments.Least);
        for (int i = start; i < end; i += TLanes.Count)
        {
            TLanes gradient = clip.Apply(TLanes.Load(gradients.Pointer + i));
            TLanes velocity = (keep * TLanes.Load(velocities.Pointer + i)) + gradient;
            velocity = TLanes.DropBelow(velocity, velocity, least);
            velocity.Store(velocities.Pointer + i);
            TLanes direction = nesterov ? gradient + (keep * velocity) : velocity;
            (TLanes.Load(weights.Pointer + i) - (step * direction)).Store(weights.Pointer + i);
        }
    }
}

/// <summary>Adam, with the corrections of step t folded into <see cref="Step"/> and <see cref="InverseRoot"/>.</summary>
internal readonly unsafe struct AdamRule(Floats weights, Floats gradients, Floats means, Floats squares, GradientClip clip) : IUpdateRule
{
    public required float Beta1 { get; init; }

    public required float OneMinusBeta1 { get; init; }

    public required float Beta2 { get; init; }

    public required float OneMinusBeta2 { get; init; }

    /// <summary>rate / (1 - Beta1^t).</summary>
    public required float Step { get; init; }

    /// <summary>1 / sqrt(1 - Beta2^t).</summary>
    public required float InverseRoot { get; init; }

    public required float Epsilon { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update<TLanes>(int start, int end)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes keep1 = TLanes.Create(Beta1), take1 = TLanes.Create(OneMinusBeta1), keep2 = TLanes.Create(Beta2), take2 = TLanes.Create(OneMinusBeta2);
        TLanes least = TLanes.Create(Moments.Least), step = TLanes.Create(Step), inverseRoot = TLanes.Create(InverseRoot), epsilon = TLanes.Create(Epsilon);
        for (int i = start; i < end; i += TLanes.Count)
        {
            TLanes gradient = clip.Apply(TLanes.Load(gradients.Pointer + i));
            TLanes mean = (keep1 * TLanes.Load(means.Pointer + i)) + (take1 * gradient);
            TLanes square = (keep2 * TLanes.Load(squares.Pointer + i)) + (take2 * gradient * gradient);

            // Beside a mean that is not zero even the smallest square counts: it divides that mean.
            mean = TLanes.DropBelow(mean, mean, least);
            square = TLanes.MaxNative(TLanes.DropBelow(square, mean, least), TLanes.DropBelow(square, square, least));
            mean.Store(means.Pointer + i);
            square.Store(squares.Pointer + i);
            // The quotient first: the rate times a small mean would be subnormal.
            TLanes divisor = (TLanes.Sqrt(square) * inverseRoot) + epsilon;
            (TLanes.Load(weights.Pointer + i) - (step * (mean / divisor))).Store(weights.Pointer + i);
        }
    }
}
