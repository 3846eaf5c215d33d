using System.Diagnostics;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>
/// The sample 03-MnistCnn from the files of the data to the tested network: what its user waits for. Each contestant writes it as
/// its users would; data, batch, optimizer, validation and epochs are the same.
/// </summary>
internal abstract class WholeRun
{
    public const int Batch = 32;
    public const double LearningRate = 0.001;
    public const double ValidationSplit = 0.1;

    /// <summary>Below this, somebody did not learn, and times would compare nothing.</summary>
    private const double LeastAccuracy = 0.97;

    /// <summary>NetDsl, or the peer and its threads.</summary>
    public abstract string Name { get; }

    /// <summary>Runs it.</summary>
    /// <param name="epochs">Passes over the training data.</param>
    /// <returns>Seconds from the loading of the data to the accuracy on the test set.</returns>
    /// <exception cref="InvalidOperationException">The network did not learn the digits.</exception>
    public double Seconds(int epochs)
    {
        long started = Stopwatch.GetTimestamp();
        double accuracy = Train(epochs, samples: int.MaxValue);
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (accuracy >= LeastAccuracy) return seconds;
        throw new InvalidOperationException(FormattableString.Invariant($"{Name} ended with {accuracy:P2} of the test images right; at least {LeastAccuracy:P0} is expected of either contestant."));
    }

    /// <summary>A short one, which compiles and loads what the measured one needs.</summary>
    /// <returns>Seconds.</returns>
    public double WarmUp()
    {
        const int WarmUpSamples = 100 * Batch;
        Train(1, WarmUpSamples);
        long started = Stopwatch.GetTimestamp();
        Train(1, WarmUpSamples);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Loads the data, trains on the first samples of it, and tests.</summary>
    /// <returns>The accuracy on the test set.</returns>
    protected abstract double Train(int epochs, int samples);
}
