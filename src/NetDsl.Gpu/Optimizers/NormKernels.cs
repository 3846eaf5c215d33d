using ILGPU;
using NetDsl.Engines;

namespace NetDsl.Gpu;

/// <summary>
/// The norm of all gradients and what clips it, in two passes: a sum of squares for each group, the threads taking four floats
/// at a time in turns; then one group sums the sums. Orders are fixed by the length, so the bits are the same in every run.
/// The squares of large gradients, which a float cannot hold, are summed apart and scaled down (J. L. Blue, "A Portable Fortran
/// Program to Find the Euclidean Norm of a Vector", 1978): it is exploding gradients that clipping is for.
/// </summary>
internal static class NormKernels
{
    private const int GroupSize = 64;

    // 2^50, whose square times as many gradients as there can be is finite, and 2^-80, which makes that of every float finite.
    private const float Large = 1.125899906842624e15f;
    private const float Shrink = 8.271806125530277e-25f;

    /// <summary>The most groups of the first pass.</summary>
    public const int MostGroups = 256;

    /// <summary>Sums of a group: of the squares that fit, and of the large ones, scaled by 2^-160.</summary>
    public const int SumsOfGroup = 2;

    public static GpuKernel<SquareSumArguments> SquareSums { get; } = new("GradientSquareSums", "optimizer", GroupSize, SquareSumStep);

    public static GpuKernel<ClipScaleArguments> ClipScale { get; } = new("GradientClipScale", "optimizer", GroupSize, ClipScaleStep);

    /// <summary>A group's sums of g², each g within -Limit to Limit.</summary>
    private static void SquareSumStep(SquareSumArguments a)
    {
        ArrayView<float> partial = SharedMemory.Allocate<float>(GroupSize);
        ArrayView<float> partialLarge = SharedMemory.Allocate<float>(GroupSize);
        ArrayView<Float4> gradients = a.Gradients.Cast<Float4>();
        int pieces = a.Length / OptimizerKernels.Lanes;
        float sum = 0f, large = 0f;
        for (int i = Grid.GlobalIndex.X; i < pieces; i += Grid.DimX * Group.DimX)
        {
            Float4 g = gradients[i];
            float x = OptimizerKernels.Within(g.X, a.Limit), y = OptimizerKernels.Within(g.Y, a.Limit);
            float z = OptimizerKernels.Within(g.Z, a.Limit), w = OptimizerKernels.Within(g.W, a.Limit);
            sum += Square(x) + Square(y) + Square(z) + Square(w);
            large += LargeSquare(x) + LargeSquare(y) + LargeSquare(z) + LargeSquare(w);
        }

        partial[Group.IdxX] = sum;
        partialLarge[Group.IdxX] = large;
        Group.Barrier();
        if (Group.IdxX != 0) return;
        a.Sums[SumsOfGroup * Grid.IdxX] = Total(partial);
        a.Sums[(SumsOfGroup * Grid.IdxX) + 1] = Total(partialLarge);
    }

    /// <summary>min(1, ClipNorm / (norm + 1e-6)).</summary>
    private static void ClipScaleStep(ClipScaleArguments a)
    {
        ArrayView<float> partial = SharedMemory.Allocate<float>(GroupSize);
        ArrayView<float> partialLarge = SharedMemory.Allocate<float>(GroupSize);
        float sum = 0f, large = 0f;
        for (int i = Group.IdxX; i < a.Count; i += Group.DimX)
        {
            sum += a.Sums[SumsOfGroup * i];
            large += a.Sums[(SumsOfGroup * i) + 1];
        }

        partial[Group.IdxX] = sum;
        partialLarge[Group.IdxX] = large;
        Group.Barrier();
        if (Group.IdxX != 0) return;
        sum = Total(partial);
        large = Total(partialLarge);
        float scale = large > 0f
            ? a.ClipNorm / GpuMath.Sqrt(large + (sum * Shrink * Shrink)) * Shrink
            : a.ClipNorm / (GpuMath.Sqrt(sum) + (float)GradientClip.NormEpsilon);
        // Not a comparison for "less": the scale of a norm that is not a number is not a number.
        a.Scale[0] = scale > 1f ? 1f : scale;
    }

    /// <summary>The square of what is not large; not a number for what is none.</summary>
    private static float Square(float x) => x > Large || x < -Large ? 0f : x * x;

    private static float LargeSquare(float x) => x > Large || x < -Large ? x * Shrink * (x * Shrink) : 0f;

    private static float Total(ArrayView<float> partial)
    {
        float total = 0f;
        for (int i = 0; i < Group.DimX; i++) total += partial[i];
        return total;
    }
}
