using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Tests.Training;

/// <summary>Alone, so that nothing else allocates while it counts.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    private const int WarmUp = 200;
    private const int Window = 100;

    /// <summary>
    /// The training thread's own count must not move in any window; that of all threads not in at least one, since the test
    /// runner's threads are counted too.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_step_allocates_nothing_on_any_thread(bool adam)
    {
        using LinearNetwork network = LinearNetwork.Classifier(options: new NetworkOptions { Threads = 2 });
        DataSet data = TinyData.Clusters(32 * 1000);
        List<long> own = new(100);
        List<long> all = new(100);
        int steps = 0;
        FitTests.Listener listener = new(progress =>
        {
            steps++;
            if (steps < WarmUp || steps % Window != 0) return;
            all.Add(GC.GetTotalAllocatedBytes(precise: true));
            own.Add(GC.GetAllocatedBytesForCurrentThread());
        });
        Optimizer optimizer = adam ? new Adam(0.01) : new Sgd(0.01) { Momentum = 0.9 };
        network.Fit(data, TinyData.Quiet(batchSize: 32, optimizer: optimizer) with { Progress = listener });
        // The last one is told after the epoch's row was made.
        Assert.All(Differences(own.SkipLast(1)), difference => Assert.Equal(0, difference));
        Assert.Contains(0, Differences(all.SkipLast(1)));
    }

    [Fact]
    public void Gradients_Apply_and_Predict_allocate_nothing_once_warm()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        float[] input = [.. Enumerable.Range(0, 64).Select(i => i / 64f)];
        int[] labels = [.. Enumerable.Range(0, 32).Select(i => i % 3)];
        float[] output = new float[96];
        Adam optimizer = new();
        Step(WarmUp);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Step(Window);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step(int times)
        {
            for (int i = 0; i < times; i++)
            {
                network.Gradients(input, labels);
                network.Apply(optimizer);
                network.Predict(input, output);
            }
        }
    }

    private static IEnumerable<long> Differences(IEnumerable<long> counts)
    {
        long[] values = [.. counts];
        return values.Skip(1).Select((value, i) => value - values[i]);
    }
}
