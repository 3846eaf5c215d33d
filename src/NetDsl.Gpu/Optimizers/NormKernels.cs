using ILGPU;
using NetDsl.Engines;

namespace NetDsl.Gpu;

/// <summary>
/// The norm of all gradients and what clips it, in two passes: a sum of squares for each group, the threads taking four floats
/// at a time in turns; then one group sums the sums. Orders are fixed by the length, so the bits are the same in every run.
/// </summary>
internal static class NormKernels
{
    private const int GroupSize = 64;

    /// <summary>The most groups of the first pass: a sum each.</summary>
    public const int MostSums = 256;

    public static GpuKernel<SquareSumArguments> SquareSums { get; } = new("GradientSquareSums", "optimizer", GroupSize, SquareSumStep);

    public static GpuKernel<ClipScaleArguments> ClipScale { get; } = new("GradientClipScale", "optimizer", GroupSize, ClipScaleStep);

    /// <summary>A group's sum of g², each g within -Limit to Limit.</summary>
    private static void SquareSumStep(SquareSumArguments a)
    {
        ArrayView<float> partial = SharedMemory.Allocate<float>(GroupSize);
        ArrayView<Float4> gradients = a.Gradients.Cast<Float4>();
        int pieces = a.Length / OptimizerKernels.Lanes;
        float sum = 0f;
        for (int i = Grid.GlobalIndex.X; i < pieces; i += Grid.DimX * Group.DimX)
        {
            Float4 g = gradients[i];
            float x = OptimizerKernels.Within(g.X, a.Limit), y = OptimizerKernels.Within(g.Y, a.Limit);
            float z = OptimizerKernels.Within(g.Z, a.Limit), w = OptimizerKernels.Within(g.W, a.Limit);
            sum += (x * x) + (y * y) + (z * z) + (w * w);
        }

        partial[Group.IdxX] = sum;
        Group.Barrier();
        if (Group.IdxX == 0) a.Sums[Grid.IdxX] = Total(partial);
    }

    /// <summary>min(1, ClipNorm / (norm + 1e-6)).</summary>
    private static void ClipScaleStep(ClipScaleArguments a)
    {
        ArrayView<float> partial = SharedMemory.Allocate<float>(GroupSize);
        float sum = 0f;
        for (int i = Group.IdxX; i < a.Count; i += Group.DimX) sum += a.Sums[i];
        partial[Group.IdxX] = sum;
        Group.Barrier();
        if (Group.IdxX != 0) return;
        float scale = a.ClipNorm / (GpuMath.Sqrt(Total(partial)) + (float)GradientClip.NormEpsilon);
        // Not a comparison for "less": the scale of a norm that is not a number is not a number.
        a.Scale[0] = scale > 1f ? 1f : scale;
    }

    private static float Total(ArrayView<float> partial)
    {
        float total = 0f;
        for (int i = 0; i < Group.DimX; i++) total += partial[i];
        return total;
    }
}
