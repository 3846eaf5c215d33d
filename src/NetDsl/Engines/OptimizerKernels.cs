using System.Numerics;
using NetDsl.Cpu;

namespace NetDsl.Engines;

/// <summary>How an optimizer's pass is cut: by length alone. Arenas are multiples of 16 floats, so parts are whole vectors.</summary>
internal static class OptimizerParts
{
    private const int Length = 8192;

    public static int Count(int length) => (length + Length - 1) / Length;

    public static (int Start, int End) Range(int part, int length) => (part * Length, Math.Min(length, (part + 1) * Length));
}

/// <summary>w -= rate g.</summary>
internal readonly struct SgdKernel(Floats weights, Floats gradients, int length, GradientClip clip, float rate) : IKernel
{
    public void Run(int part, int worker)
    {
        (int start, int end) = OptimizerParts.Range(part, length);
        Vector<float> step = new(rate);
        for (int i = start; i < end; i += Vector<float>.Count)
            weights.Store(i, weights.Load(i) - (step * clip.Apply(gradients.Load(i))));
    }
}

/// <summary>v = momentum v + g; w -= rate v, or rate (g + momentum v) for Nesterov's.</summary>
internal readonly struct MomentumKernel(Floats weights, Floats gradients, Floats velocities, int length, GradientClip clip, float rate, float momentum, bool nesterov)
    : IKernel
{
    public void Run(int part, int worker)
    {
        (int start, int end) = OptimizerParts.Range(part, length);
        Vector<float> step = new(rate);
        Vector<float> keep = new(momentum);
        for (int i = start; i < end; i += Vector<float>.Count)
        {
            Vector<float> gradient = clip.Apply(gradients.Load(i));
            Vector<float> velocity = (keep * velocities.Load(i)) + gradient;
            velocities.Store(i, velocity);
            Vector<float> direction = nesterov ? gradient + (keep * velocity) : velocity;
            weights.Store(i, weights.Load(i) - (step * direction));
        }
    }
}

/// <summary>Adam, with the corrections of step t folded into <see cref="Step"/> and <see cref="InverseRoot"/>.</summary>
internal readonly struct AdamKernel(Floats weights, Floats gradients, Floats means, Floats squares, int length, GradientClip clip) : IKernel
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

    public void Run(int part, int worker)
    {
        (int start, int end) = OptimizerParts.Range(part, length);
        Vector<float> keep1 = new(Beta1), take1 = new(OneMinusBeta1), keep2 = new(Beta2), take2 = new(OneMinusBeta2);
        Vector<float> step = new(Step), inverseRoot = new(InverseRoot), epsilon = new(Epsilon);
        for (int i = start; i < end; i += Vector<float>.Count)
        {
            Vector<float> gradient = clip.Apply(gradients.Load(i));
            Vector<float> mean = (keep1 * means.Load(i)) + (take1 * gradient);
            Vector<float> square = (keep2 * squares.Load(i)) + (take2 * gradient * gradient);
            means.Store(i, mean);
            squares.Store(i, square);
            Vector<float> divisor = (Vector.SquareRoot(square) * inverseRoot) + epsilon;
            weights.Store(i, weights.Load(i) - (step * mean / divisor));
        }
    }
}
