using ILGPU;

namespace NetDsl.Gpu;

/// <summary>The optimizers' kernels: a thread for each float of the arena, the arithmetic in the order of the CPU's.</summary>
internal static class OptimizerKernels
{
    private const int GroupSize = 256;

    public static GpuKernel<SgdArguments> Sgd { get; } = new("Sgd", "optimizer", GroupSize, SgdStep);

    public static GpuKernel<MomentumArguments> Momentum { get; } = new("Momentum", "optimizer", GroupSize, MomentumStep);

    public static GpuKernel<AdamArguments> Adam { get; } = new("Adam", "optimizer", GroupSize, AdamStep);

    /// <summary>w -= rate g.</summary>
    private static void SgdStep(SgdArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i >= a.Length) return;
        a.Weights[i] = a.Weights[i] - (a.Rate * a.Gradients[i]);
    }

    /// <summary>v = momentum v + g; w -= rate v, or rate (g + momentum v) for Nesterov's.</summary>
    private static void MomentumStep(MomentumArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i >= a.Length) return;
        float gradient = a.Gradients[i];
        float velocity = (a.Momentum * a.Velocities[i]) + gradient;
        a.Velocities[i] = velocity;
        float direction = a.Nesterov != 0 ? gradient + (a.Momentum * velocity) : velocity;
        a.Weights[i] = a.Weights[i] - (a.Rate * direction);
    }

    /// <summary>Adam, with the corrections of step t folded into the step and the inverse root.</summary>
    private static void AdamStep(AdamArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i >= a.Length) return;
        float gradient = a.Gradients[i];
        float mean = (a.Beta1 * a.Means[i]) + (a.OneMinusBeta1 * gradient);
        float square = (a.Beta2 * a.Squares[i]) + (a.OneMinusBeta2 * gradient * gradient);
        a.Means[i] = mean;
        a.Squares[i] = square;
        float divisor = (GpuMath.Sqrt(square) * a.InverseRoot) + a.Epsilon;
        a.Weights[i] = a.Weights[i] - (a.Step * mean / divisor);
    }
}
