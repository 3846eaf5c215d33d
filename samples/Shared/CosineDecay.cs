namespace NetDsl.Samples;

/// <summary>Lowers a learning rate after each step, to zero at the end: rate (1 + cos(pi share)) / 2 (Loshchilov and Hutter 2016).</summary>
/// <param name="optimizer">Its rate at first is the highest.</param>
/// <param name="next">Where the progress is shown.</param>
public sealed class CosineDecay(Optimizer optimizer, IProgress<FitProgress> next) : IProgress<FitProgress>
{
    private readonly double _highest = optimizer.LearningRate;

    /// <summary>Called after each step.</summary>
    public void Report(FitProgress value)
    {
        double share = (value.Epoch - 1 + ((double)value.Step / value.StepsPerEpoch)) / value.Epochs;
        optimizer.LearningRate = Math.Max(_highest * (1 + Math.Cos(Math.PI * share)) / 2, 1e-9); // An optimizer takes no rate of 0.
        next.Report(value);
    }
}
