using ILGPU;

namespace NetDsl.Gpu;

/// <summary>Scales the weights of each unit down whose norm is greater than the tensor's limit: a thread for each unit.</summary>
internal static class LimitKernels
{
    public static GpuKernel<LimitArguments> Limit { get; } = new("NormLimit", "optimizer", 64, LimitStep);

    private static void LimitStep(LimitArguments a)
    {
        int unit = Grid.GlobalIndex.X;
        if (unit >= a.Units) return;
        int stride = a.Units * a.Neighbours;

        // By the largest magnitude first: its square may be more than a float holds.
        float largest = 0f;
        for (int start = unit * a.Neighbours; start < a.Length; start += stride)
            for (int i = start; i < start + a.Neighbours; i++) largest = GpuMath.Max(largest, GpuMath.Abs(a.Weights[i]));
        if (!(largest > 0f)) return;
        float squares = 0f;
        for (int start = unit * a.Neighbours; start < a.Length; start += stride)
        {
            for (int i = start; i < start + a.Neighbours; i++)
            {
                float w = a.Weights[i] / largest;
                squares += w * w;
            }
        }

        float norm = largest * GpuMath.Sqrt(squares);
        if (!(norm > a.Most)) return;
        float scale = a.Most / norm;
        for (int start = unit * a.Neighbours; start < a.Length; start += stride)
            for (int i = start; i < start + a.Neighbours; i++) a.Weights[i] *= scale;
    }
}

internal struct LimitArguments
{
    public ArrayView<float> Weights;
    public int Length;
    public int Units;
    public int Neighbours;
    public float Most;
}
