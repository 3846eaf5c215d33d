using NetDsl.Networks;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>
/// The arithmetic and the least memory traffic of a network whose layers are a chain, counted from its table of layers.
/// </summary>
/// <remarks>
/// With F the forward operations of a layer per sample (a multiply-add counts two): a prediction is the sum of F. A training
/// step is, for each layer, F forward, F again for the gradient by its input where a layer before it has weights (nobody asks
/// for the gradient by the data), and F again for the gradient by its weights where it has any. The loss and the optimizer are
/// not counted: a few operations for each class and each parameter.
///
/// Least traffic, in bytes, where nothing stays on the chip from one layer to the next: a prediction reads the samples and the
/// weights and writes and reads each layer's result. A training step does this, reads the weights again for the gradients by
/// inputs, writes and reads the gradient by each result, writes the gradients by the weights, and Adam reads the gradient and
/// reads and writes the parameter and its two moments. Layers without arithmetic (Flatten) have no result of their own.
/// </remarks>
internal static class NetworkCost
{
    private const long BytesPerFloat = sizeof(float);

    public static string Formula { get; } =
        "FLOPs: forward is the sum of the layers' own; a training step adds each layer's once more for the gradient by its input " +
        "(behind the first layer with weights) and once more for the gradient by its weights. Loss and optimizer are not counted.";

    public static long Flops(NetworkInfo info, StepKind kind, int batch)
    {
        long perSample = 0;
        bool behindWeights = false;
        foreach (LayerInfo layer in info.Layers)
        {
            long passes = 1;
            if (kind == StepKind.Train)
            {
                if (behindWeights) passes++;
                if (layer.Parameters > 0) passes++;
            }

            perSample += passes * layer.Flops;
            behindWeights |= layer.Parameters > 0;
        }

        return batch * perSample;
    }

    public static long LeastBytes(NetworkInfo info, Samples samples, StepKind kind, int batch)
    {
        long perSample = samples.InputBytes + (kind == StepKind.Train ? samples.TargetBytes : 0);
        bool behindWeights = false;
        foreach (LayerInfo layer in info.Layers)
        {
            behindWeights |= layer.Parameters > 0;
            if (layer.Flops == 0) continue;
            long result = layer.Output.Aggregate(BytesPerFloat, (product, extent) => product * extent);
            perSample += 2 * result;
            if (kind == StepKind.Train && behindWeights) perSample += 2 * result;
        }

        long parameters = info.ParameterCount * BytesPerFloat;
        const long Forward = 1, InputGradients = 1, WeightGradients = 1, Adam = 7;
        return (batch * perSample) + (parameters * (kind == StepKind.Train ? Forward + InputGradients + WeightGradients + Adam : Forward));
    }
}
