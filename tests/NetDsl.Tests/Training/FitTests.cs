using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Tests.Training;

public class FitTests
{
    [Fact]
    public void A_classifier_learns_three_clusters()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        DataSet data = TinyData.Clusters(101);
        FitResult result = network.Fit(data, TinyData.Quiet(epochs: 30, batchSize: 16));
        EvaluationReport report = network.Evaluate(TinyData.Clusters(50, seed: 2));
        Assert.Equal(1.0, report.Accuracy);
        Assert.Equal(30, result.Epochs.Count);
        Assert.Equal(30 * 7, result.StepLosses.Count);
        Assert.False(result.Cancelled);
        Assert.True(result.Epochs[^1].Loss < 0.3 * result.Epochs[0].Loss);
        Assert.Contains("CPU", result.Device, StringComparison.Ordinal);
    }

    [Fact]
    public void A_regressor_learns_a_plane()
    {
        using LinearNetwork network = LinearNetwork.Regressor();
        network.Fit(TinyData.Plane(64), TinyData.Quiet(epochs: 60, batchSize: 8, new Sgd(0.1) { Momentum = 0.5 }));
        float[] weights = network.Weight.ToArray();
        Assert.Equal(3, weights[0], 2);
        Assert.Equal(-2, weights[1], 2);
        Assert.Equal(0.5, network.Bias.ToArray()[0], 2);
    }

    [Fact]
    public void An_epochs_loss_is_the_mean_over_its_samples_with_a_partial_last_batch()
    {
        using LinearNetwork network = LinearNetwork.Regressor();
        DataSet data = TinyData.Plane(10);
        FitResult result = network.Fit(data, TinyData.Quiet(batchSize: 4, optimizer: new Sgd(1e-30)));
        Assert.Equal(3, result.StepLosses.Count);
        double mean = ((4 * result.StepLosses[0]) + (4 * result.StepLosses[1]) + (2 * result.StepLosses[2])) / 10.0;
        Assert.Equal(mean, result.Epochs[0].Loss, 1e-6);
        Assert.Equal(network.Evaluate(data).Loss, result.Epochs[0].Loss, 1e-5);
    }

    [Fact]
    public void The_gradient_of_a_partial_batch_is_the_mean_over_its_own_samples()
    {
        float[] x = [1, 2, 3, 4, 5, 6];
        float[] y = [1, 0, -1];
        using LinearNetwork all = LinearNetwork.Regressor();
        using LinearNetwork last = LinearNetwork.Regressor();
        all.Gradients(new float[16], new float[8]);
        all.Gradients(x, y);
        last.Gradients(x, y);
        Assert.Equal(last.Weight.GradientToArray(), all.Weight.GradientToArray());
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_on_one_thread_and_on_two()
    {
        Assert.Equal(Train(1, 1), Train(1, 2));
        Assert.Equal(Train(7, 2), Train(7, 2));
        Assert.NotEqual(Train(1, 1), Train(2, 1));

        static byte[] Train(long seed, int threads)
        {
            using LinearNetwork network = LinearNetwork.Classifier(options: new NetworkOptions { Seed = seed, Threads = threads });
            network.Fit(TinyData.Clusters(75), TinyData.Quiet(epochs: 4, batchSize: 8));
            return [.. network.Weight.ToArray().SelectMany(BitConverter.GetBytes)];
        }
    }

    [Fact]
    public void Every_epoch_sees_every_sample_once_in_another_order()
    {
        // With one sample a step and a tiny rate, a step's loss tells its sample.
        using LinearNetwork network = LinearNetwork.Regressor();
        FitResult result = network.Fit(TinyData.Plane(20), TinyData.Quiet(epochs: 3, batchSize: 1, new Sgd(1e-30)));
        float[][] epochs = [.. result.StepLosses.Chunk(20)];
        Assert.Equal(epochs[0].Order(), epochs[1].Order());
        Assert.Equal(epochs[0].Order(), epochs[2].Order());
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.NotEqual(epochs[1], epochs[2]);
        FitResult again = network.Fit(TinyData.Plane(20), TinyData.Quiet(batchSize: 1, optimizer: new Sgd(1e-30)));
        Assert.NotEqual(epochs[0], again.StepLosses);
    }

    [Fact]
    public void Without_shuffling_samples_come_in_order()
    {
        using LinearNetwork network = LinearNetwork.Regressor();
        DataSet data = TinyData.Plane(6);
        FitResult result = network.Fit(data, TinyData.Quiet(batchSize: 1, optimizer: new Sgd(1e-30)) with { Shuffle = false });
        for (int i = 0; i < 6; i++) Assert.Equal(network.Evaluate(data.Slice(i, 1)).Loss, result.StepLosses[i], 1e-6);
    }

    [Fact]
    public void The_validation_split_is_the_last_samples_and_is_not_trained_on()
    {
        DataSet data = TinyData.Clusters(50);
        using LinearNetwork network = LinearNetwork.Classifier();
        FitResult result = network.Fit(data, TinyData.Quiet(epochs: 2, batchSize: 10) with { ValidationSplit = 0.2 });
        Assert.Equal(2 * 4, result.StepLosses.Count);
        Assert.Equal(10, result.Epochs[0].Validation!.Samples);
        Assert.Equal(network.Evaluate(data.Slice(40, 10)).Loss, result.Epochs[1].Validation!.Loss);
        using LinearNetwork other = LinearNetwork.Classifier();
        other.Fit(data.Take(40), TinyData.Quiet(epochs: 2, batchSize: 10));
        Assert.Equal(network.Weight.ToArray(), other.Weight.ToArray());
    }

    [Fact]
    public void Validation_data_are_measured_after_each_epoch()
    {
        DataSet validation = TinyData.Clusters(7, seed: 5);
        using LinearNetwork network = LinearNetwork.Classifier();
        FitResult result = network.Fit(TinyData.Clusters(30), TinyData.Quiet(epochs: 3) with { Validation = validation });
        Assert.All(result.Epochs, epoch => Assert.Equal(7, epoch.Validation!.Samples));
        Assert.Equal(network.Evaluate(validation).Loss, result.Epochs[2].Validation!.Loss);
        Assert.Throws<ArgumentException>(() => network.Fit(TinyData.Clusters(30), TinyData.Quiet() with { Validation = validation, ValidationSplit = 0.5 }));
    }

    [Fact]
    public void Progress_is_told_after_each_step_and_each_epoch()
    {
        List<FitProgress> told = [];
        using LinearNetwork network = LinearNetwork.Classifier();
        FitResult result = network.Fit(TinyData.Clusters(25), TinyData.Quiet(epochs: 2, batchSize: 10) with { Progress = new Listener(told.Add) });
        Assert.Equal([1, 2, 3, 3, 1, 2, 3, 3], told.Select(progress => progress.Step));
        Assert.Equal([1, 1, 1, 1, 2, 2, 2, 2], told.Select(progress => progress.Epoch));
        Assert.All(told, progress => Assert.Equal((2, 3), (progress.Epochs, progress.StepsPerEpoch)));
        Assert.Same(result.Epochs[1], told[^1].Completed);
        Assert.Equal(result.StepLosses[4], told[5].StepLoss);
        Assert.Equal(result.Epochs[0].Loss, told[2].Loss);
    }

    [Fact]
    public void Several_inputs_and_losses_train_at_once()
    {
        using Networks.Lent lent = new(TwoHeads.Create());
        DataSet data = DataSet.Create(
            new Column("value", [2f, -2f, 4f, 0f]),
            new Column("b", [1f, -1f, 2f, 0f]),
            new Column("kind", (byte[])[1, 0, 1, 0]),
            new Column("a", [1f, -1f, 2f, -2f]));
        FitResult result = lent.Runtime.Fit(data, TinyData.Quiet(epochs: 200, batchSize: 3));
        EvaluationReport report = lent.Runtime.Evaluate(data);
        Assert.Equal(1.0, report.Accuracy);
        Assert.Equal(2, lent.Runtime.Parameter(1).ToArray()[0], 2);
        Assert.Equal(report["kind"].Loss + (0.5 * report["value"].Loss), report.Loss, 1e-9);
        Assert.IsType<ClassificationReport>(report["kind"]);
        Assert.IsType<RegressionReport>(report["value"]);
        Assert.Throws<KeyNotFoundException>(() => report["other"]);
        Assert.True(result.StepLosses[^1] < 0.2 * result.StepLosses[0]);
    }

    internal sealed class Listener(Action<FitProgress> listen) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => listen(value);
    }
}
