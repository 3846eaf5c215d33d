using ILGPU;

namespace NetDsl.Gpu;

/// <summary>
/// The optimizers' kernels: a thread for four floats of the arena, whose length is a multiple of 16, the arithmetic in the order
/// of the CPU's. One float a thread takes three times as long on PoCL.
/// </summary>
internal static class OptimizerKernels
{
    /// <summary>Floats of a thread.</summary>
    public const int Lanes = 4;

    private const int GroupSize = 64;

    public static GpuKernel<SgdArguments> Sgd { get; } = new("Sgd", "optimizer", GroupSize, SgdStep);

    public static GpuKernel<MomentumArguments> Momentum { get; } = new("Momentum", "optimizer", GroupSize, MomentumStep);

    public static GpuKernel<AdamArguments> Adam { get; } = new("Adam", "optimizer", GroupSize, AdamStep);

    /// <summary>w -= rate g.</summary>
    private static void SgdStep(SgdArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i >= a.Length / Lanes) return;
        ArrayView<Float4> weights = a.Weights.Cast<Float4>();
        Float4 w = weights[i], g = Clipped(a.Clip, a.Gradients.Cast<Float4>()[i]);
        weights[i] = new Float4(w.X - (a.Rate * g.X), w.Y - (a.Rate * g.Y), w.Z - (a.Rate * g.Z), w.W - (a.Rate * g.W));
    }

    /// <summary>v = momentum v + g; w -= rate v, or rate (g + momentum v) for Nesterov's.</summary>
    private static void MomentumStep(MomentumArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i >= a.Length / Lanes) return;
        ArrayView<Float4> weights = a.Weights.Cast<Float4>(), velocities = a.Velocities.Cast<Float4>();
        Float4 w = weights[i], g = Clipped(a.Clip, a.Gradients.Cast<Float4>()[i]), v = velocities[i];
        v = new Float4((a.Momentum * v.X) + g.X, (a.Momentum * v.Y) + g.Y, (a.Momentum * v.Z) + g.Z, (a.Momentum * v.W) + g.W);
        velocities[i] = v;
        weights[i] = new Float4(
            w.X - (a.Rate * Direction(a, g.X, v.X)),
            w.Y - (a.Rate * Direction(a, g.Y, v.Y)),
            w.Z - (a.Rate * Direction(a, g.Z, v.Z)),
            w.W - (a.Rate * Direction(a, g.W, v.W)));
    }

    /// <summary>Adam, with the corrections of step t folded into the step and the inverse root.</summary>
    private static void AdamStep(AdamArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i >= a.Length / Lanes) return;
        ArrayView<Float4> weights = a.Weights.Cast<Float4>(), means = a.Means.Cast<Float4>(), squares = a.Squares.Cast<Float4>();
        Float4 w = weights[i], g = Clipped(a.Clip, a.Gradients.Cast<Float4>()[i]), m = means[i], s = squares[i];
        m = new Float4(Mean(a, m.X, g.X), Mean(a, m.Y, g.Y), Mean(a, m.Z, g.Z), Mean(a, m.W, g.W));
        s = new Float4(Square(a, s.X, g.X), Square(a, s.Y, g.Y), Square(a, s.Z, g.Z), Square(a, s.W, g.W));
        means[i] = m;
        squares[i] = s;
        weights[i] = new Float4(Weight(a, w.X, m.X, s.X), Weight(a, w.Y, m.Y, s.Y), Weight(a, w.Z, m.Z, s.Z), Weight(a, w.W, m.W, s.W));
    }

    /// <summary>Into -limit to limit; NaN stays NaN.</summary>
    public static float Within(float gradient, float limit) => gradient > limit ? limit : gradient < -limit ? -limit : gradient;

    private static Float4 Clipped(ClipArguments clip, Float4 g)
    {
        float scale = clip.Norm != 0 ? clip.Scale[0] : 1f;
        return new Float4(
            scale * Within(g.X, clip.Limit), scale * Within(g.Y, clip.Limit), scale * Within(g.Z, clip.Limit), scale * Within(g.W, clip.Limit));
    }

    private static float Direction(MomentumArguments a, float gradient, float velocity) =>
        a.Nesterov != 0 ? gradient + (a.Momentum * velocity) : velocity;

    private static float Mean(AdamArguments a, float mean, float gradient) => (a.Beta1 * mean) + (a.OneMinusBeta1 * gradient);

    private static float Square(AdamArguments a, float square, float gradient) => (a.Beta2 * square) + (a.OneMinusBeta2 * gradient * gradient);

    private static float Weight(AdamArguments a, float weight, float mean, float square) =>
        weight - (a.Step * mean / ((GpuMath.Sqrt(square) * a.InverseRoot) + a.Epsilon));
}
