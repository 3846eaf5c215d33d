using ILGPU;

namespace NetDsl.Gpu;

/// <summary>What is done to a gradient before it is used: into -Limit to Limit, then times the scale.</summary>
internal struct ClipArguments
{
    /// <summary>One float, which <see cref="NormKernels.ClipScale"/> writes; read where <see cref="Norm"/> is not 0.</summary>
    public ArrayView<float> Scale;

    public int Norm;

    /// <summary>Infinite for no limit.</summary>
    public float Limit;
}

internal struct SquareSumArguments
{
    public ArrayView<float> Gradients;
    public ArrayView<float> Sums;
    public int Length;
    public float Limit;
}

internal struct ClipScaleArguments
{
    public ArrayView<float> Sums;
    public ArrayView<float> Scale;
    public int Count;
    public float ClipNorm;
}

internal struct SgdArguments
{
    public ArrayView<float> Weights;
    public ArrayView<float> Gradients;
    public int Length;
    public ClipArguments Clip;
    public float Rate;
}

internal struct MomentumArguments
{
    public ArrayView<float> Weights;
    public ArrayView<float> Gradients;
    public ArrayView<float> Velocities;
    public int Length;
    public ClipArguments Clip;
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
    public ClipArguments Clip;
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
