using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Data;

/// <summary>Learns the statistics of <c>[Standardize]</c> layers and of standardized targets from the training data.</summary>
internal static class StandardizeFit
{
    /// <summary>Writes mean and deviation of every layer or loss that has none yet.</summary>
    public static void Run(NetworkInfo info, Engine engine, BatchReader data)
    {
        foreach (StandardizeInfo layer in info.Standardize)
        {
            ParameterTensor fitted = info.Parameters[layer.Fitted];
            float done = 0;
            engine.ReadParameters(fitted.Offset, new Span<float>(ref done));
            if (done != 0) continue;
            ParameterTensor mean = info.Parameters[layer.Mean];
            ParameterTensor deviation = info.Parameters[layer.Deviation];
            (float[] means, float[] deviations) = Statistics(layer.OfTarget ? data.Target(layer.Input) : data.Input(layer.Input), data.Count, mean.Elements, layer);
            engine.WriteParameters(mean.Offset, means);
            engine.WriteParameters(deviation.Offset, deviations);
            engine.WriteParameters(fitted.Offset, [1f]);
        }
    }

    /// <summary>
    /// Mean and standard deviation of x * scale + offset for each element of the last axis, over all samples and positions;
    /// two passes in double. An element that never changes gets the deviation 1, so that it becomes 0 and not a division by 0.
    /// </summary>
    private static (float[] Means, float[] Deviations) Statistics(ReadyColumn column, int count, int features, StandardizeInfo layer)
    {
        int elements = column.Info.Elements;
        float[] sample = new float[elements];
        double[] means = new double[features];
        double[] squares = new double[features];
        double positions = (double)count * (elements / features);
        for (int row = 0; row < count; row++)
        {
            column.CopyTo(sample, row);
            for (int i = 0; i < elements; i++) means[i % features] += (sample[i] * layer.Scale) + layer.Offset;
        }

        for (int i = 0; i < features; i++) means[i] /= positions;
        for (int row = 0; row < count; row++)
        {
            column.CopyTo(sample, row);
            for (int i = 0; i < elements; i++)
            {
                double distance = (sample[i] * layer.Scale) + layer.Offset - means[i % features];
                squares[i % features] += distance * distance;
            }
        }

        return (
            Array.ConvertAll(means, mean => (float)mean),
            Array.ConvertAll(squares, square => square > 0 && (float)Math.Sqrt(square / positions) is > 0 and var deviation ? deviation : 1f));
    }
}
