using ILGPU;

namespace NetDsl.Gpu;

internal struct SgdArguments
{
    public ArrayView<float> Weights;
    public ArrayView<float> Gradients;
    public int Length;
    public float Rate;
}

internal struct MomentumArguments
{
    public ArrayView<float> Weights;
    public ArrayView<float> Gradients;
    public ArrayView<float> Velocities;
    public int Length;
    public float Rate;
    public float Momentum;
    public int Nesterov;
}

internal struct AdamArguments
{
    public ArrayView<float> Weights;
    public ArrayView<float> Gradients;
    public ArrayView<float> Means;
    public ArrayView<float> Squares;
    public int Length;
    public float Beta1;
    public float OneMinusBeta1;
    public float Beta2;
    public float OneMinusBeta2;

    /// <summary>rate / (1 - Beta1^t).</summary>
    public float Step;

    /// <summary>1 / sqrt(1 - Beta2^t).</summary>
    public float InverseRoot;

    public float Epsilon;
}
