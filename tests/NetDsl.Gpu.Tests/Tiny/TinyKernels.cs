using ILGPU;

namespace NetDsl.Gpu.Tests.Tiny;

internal struct DenseArguments
{
    public ArrayView<float> Raw;
    public ArrayView<float> Input;
    public ArrayView<float> Weight;
    public ArrayView<float> Bias;
    public int Batch;
}

internal struct LossArguments
{
    public ArrayView<float> Raw;
    public ArrayView<float> Answer;
    public ArrayView<float> Gradient;
    public ArrayView<float> Loss;
    public ArrayView<int> Labels;
    public int Batch;
    public float InverseBatch;
}

internal struct SoftmaxArguments
{
    public ArrayView<float> Raw;
    public ArrayView<float> Answer;
    public int Batch;
}

internal struct GradientArguments
{
    public ArrayView<float> Input;
    public ArrayView<float> Gradient;
    public ArrayView<float> Weight;
    public ArrayView<float> Bias;
    public int Batch;
}

internal struct InputGradientArguments
{
    public ArrayView<float> InputGradient;
    public ArrayView<float> Gradient;
    public ArrayView<float> Weight;
    public int Batch;
}

/// <summary>What the compiler would write for two features, one dense layer to three classes and the cross entropy.</summary>
internal static class TinyKernels
{
    public const int Features = 2;
    public const int Classes = 3;
    public const int LabelOffset = 64;

    public static void Load(LoadArguments a)
    {
        int item = Grid.GlobalIndex.X;
        if (item >= a.Batch * (Features + 1)) return;
        int sample = item / (Features + 1);
        int element = item - (sample * (Features + 1));
        int row = a.Rows[sample];
        if (element < Features)
        {
            a.Activations[(sample * Features) + element] = GpuMath.Number(a.Data, a.Columns[0], row, Features, element);
            return;
        }

        ArrayView<int> labels = a.Activations.SubView(LabelOffset * (long)a.Capacity, a.Batch).Cast<int>();
        labels[sample] = GpuMath.Label(a.Data, a.Columns[1], row, 1, 0);
    }

    public static void LoadInput(LoadArguments a)
    {
        int item = Grid.GlobalIndex.X;
        if (item >= a.Batch * Features) return;
        int sample = item / Features;
        a.Activations[item] = GpuMath.Number(a.Data, a.Columns[0], a.Rows[sample], Features, item - (sample * Features));
    }

    public static void LoadGradient(LoadArguments a)
    {
        int item = Grid.GlobalIndex.X;
        if (item >= a.Batch * (Features + Classes)) return;
        int sample = item / (Features + Classes);
        int element = item - (sample * (Features + Classes));
        int row = a.Rows[sample];
        if (element < Features)
            a.Activations[(sample * Features) + element] = GpuMath.Number(a.Data, a.Columns[0], row, Features, element);
        else
            a.Activations[(48L * a.Capacity) + (sample * Classes) + element - Features] = GpuMath.Number(a.Data, a.Columns[2], row, Classes, element - Features);
    }

    public static void Dense(DenseArguments a)
    {
        int item = Grid.GlobalIndex.X;
        if (item >= a.Batch * Classes) return;
        int sample = item / Classes;
        int output = item - (sample * Classes);
        float sum = a.Bias[output];
        for (int f = 0; f < Features; f++) sum += a.Input[(sample * Features) + f] * a.Weight[(f * Classes) + output];
        a.Raw[item] = sum;
    }

    public static void Softmax(SoftmaxArguments a)
    {
        int sample = Grid.GlobalIndex.X;
        if (sample >= a.Batch) return;
        ArrayView<float> raw = a.Raw.SubView(sample * Classes, Classes);
        ArrayView<float> answer = a.Answer.SubView(sample * Classes, Classes);
        float highest = GpuMath.Max(GpuMath.Max(raw[0], raw[1]), raw[2]);
        float e0 = GpuMath.Exp(raw[0] - highest), e1 = GpuMath.Exp(raw[1] - highest), e2 = GpuMath.Exp(raw[2] - highest);
        float sum = e0 + e1 + e2;
        answer[0] = e0 / sum;
        answer[1] = e1 / sum;
        answer[2] = e2 / sum;
    }

    public static void Loss(LossArguments a)
    {
        int sample = Grid.GlobalIndex.X;
        if (sample >= a.Batch) return;
        ArrayView<float> raw = a.Raw.SubView(sample * Classes, Classes);
        ArrayView<float> answer = a.Answer.SubView(sample * Classes, Classes);
        ArrayView<float> gradient = a.Gradient.SubView(sample * Classes, Classes);
        float highest = GpuMath.Max(GpuMath.Max(raw[0], raw[1]), raw[2]);
        float e0 = GpuMath.Exp(raw[0] - highest), e1 = GpuMath.Exp(raw[1] - highest), e2 = GpuMath.Exp(raw[2] - highest);
        float sum = e0 + e1 + e2;
        int label = a.Labels[sample];
        answer[0] = e0 / sum;
        answer[1] = e1 / sum;
        answer[2] = e2 / sum;
        gradient[0] = (answer[0] - (label == 0 ? 1f : 0f)) * a.InverseBatch;
        gradient[1] = (answer[1] - (label == 1 ? 1f : 0f)) * a.InverseBatch;
        gradient[2] = (answer[2] - (label == 2 ? 1f : 0f)) * a.InverseBatch;
        a.Loss[sample] = GpuMath.Log(sum) + highest - raw[label];
    }

    public static void Gradient(GradientArguments a)
    {
        int item = Grid.GlobalIndex.X;
        if (item >= (Features + 1) * Classes) return;
        int feature = item / Classes;
        int output = item - (feature * Classes);
        float sum = 0f;
        for (int sample = 0; sample < a.Batch; sample++)
        {
            float input = feature < Features ? a.Input[(sample * Features) + feature] : 1f;
            sum += a.Gradient[(sample * Classes) + output] * input;
        }

        if (feature < Features) a.Weight[item] = sum;
        else a.Bias[output] = sum;
    }

    public static void InputGradient(InputGradientArguments a)
    {
        int item = Grid.GlobalIndex.X;
        if (item >= a.Batch * Features) return;
        int sample = item / Features;
        int feature = item - (sample * Features);
        float sum = 0f;
        for (int o = 0; o < Classes; o++) sum += a.Gradient[(sample * Classes) + o] * a.Weight[(feature * Classes) + o];
        a.InputGradient[item] = sum;
    }

    /// <summary>ILGPU compiles no kernel that creates an object.</summary>
    public static void Broken(SoftmaxArguments a) => throw new NotSupportedException($"{a.Batch}");
}
