using NetDsl.Gpu.Tests.Tiny;
using NetDsl.Networks;
using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Gpu.Tests;

public class PredictionTests
{
    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Threads_predict_at_once_and_a_sample_alone_is_the_sample_in_a_batch(string device)
    {
        using NetworkRuntime runtime = TinyGpu.Create(device);
        float[] points = TinyData.Clusters(24).Columns[0].Values<float>().ToArray();
        float[] together = TinyGpu.Predict(runtime, points);
        using NetworkRuntime cpu = TinyGpu.Create("cpu");
        Assert.All(TinyGpu.Predict(cpu, points), (expected, i) => Assert.Equal(expected, together[i], 1e-6));
        Parallel.For(0, 48, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i =>
        {
            int sample = i % 24;
            float[] alone = TinyGpu.Predict(runtime, points.AsSpan(2 * sample, 2));
            Assert.Equal(together.AsSpan(3 * sample, 3).ToArray(), alone);
        });
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void A_prediction_sees_the_step_before_it(string device)
    {
        using NetworkRuntime runtime = TinyGpu.Create(device);
        float[] before = TinyGpu.Predict(runtime, [1, 2]);
        runtime.Fit(TinyData.Clusters(30), new FitOptions { Epochs = 5, BatchSize = 8, Output = null, StopOnCtrlC = false, Optimizer = new Adam(0.1) });
        float[] after = TinyGpu.Predict(runtime, [1, 2]);
        Assert.NotEqual(before, after);
        Assert.Equal(after, TinyGpu.Predict(runtime, [1, 2]));
        Assert.Equal(0, runtime.Classify([0f, 2f]).Label);
        runtime.Parameter(0).CopyFrom(new float[6]);
        runtime.Parameter(1).CopyFrom(new float[3]);
        Assert.All(TinyGpu.Predict(runtime, [1, 2]), probability => Assert.Equal(1f / 3, probability, 1e-6));
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public async Task Predictions_go_on_while_the_network_trains(string device)
    {
        using NetworkRuntime runtime = TinyGpu.Create(device);
        using NetworkRuntime alone = TinyGpu.Create(device);
        FitOptions options = new() { Epochs = 3, BatchSize = 4, Output = null, StopOnCtrlC = false };
        Task<FitResult> training = Task.Run(() => runtime.Fit(TinyData.Clusters(40), options));
        do
        {
            float[] probabilities = TinyGpu.Predict(runtime, [1, 2]);
            Assert.Equal(1, probabilities.Sum(), 1e-5);
        }
        while (!training.IsCompleted);
        // The predictions have changed nothing of the training.
        Assert.Equal(alone.Fit(TinyData.Clusters(40), options).StepLosses, (await training).StepLosses);
        Assert.Equal(TinyGpu.Weights(alone), TinyGpu.Weights(runtime));
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Inspect_shows_what_the_layer_gave(string device)
    {
        using NetworkRuntime cpu = TinyGpu.Create("cpu");
        using NetworkRuntime gpu = TinyGpu.Create(device);
        List<float[]> seen = [];
        foreach (NetworkRuntime runtime in (NetworkRuntime[])[cpu, gpu])
        {
            runtime.Inspect([1, 2, -1, 0.5f], (layer, shape, values) =>
            {
                Assert.Equal("Dense1", layer);
                Assert.Equal([2, 3], shape.ToArray());
                seen.Add(values.ToArray());
            });
        }

        Assert.Equal(2, seen.Count);
        Assert.All(seen[1], (value, i) => Assert.Equal(seen[0][i], value, 1e-6));
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Backward_gives_the_gradient_by_the_input(string device)
    {
        float[][] gradients = new float[2][];
        string[] devices = ["cpu", device];
        for (int i = 0; i < 2; i++)
        {
            using NetworkRuntime runtime = TinyGpu.Create(devices[i]);
            using ProgramRun run = runtime.Begin(ProgramKind.Backward, 2);
            run.SetInput(0, (float[])[1, 2, -1, 0.5f]);
            run.SetOutputGradient(0, [1, 0, -1, 0.5f, 2, 0]);
            run.Execute();
            gradients[i] = new float[4];
            run.CopyInputGradient(0, gradients[i]);
        }

        Assert.All(gradients[1], (gradient, i) => Assert.Equal(gradients[0][i], gradient, 1e-6));
    }
}
