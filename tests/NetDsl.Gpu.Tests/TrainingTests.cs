using NetDsl.Gpu.Tests.Tiny;
using NetDsl.Networks;
using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Gpu.Tests;

public class TrainingTests
{
    public static TheoryData<string, string> DevicesAndOptimizers
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string device in TestDevices.All)
            {
                foreach (string optimizer in (string[])["sgd", "momentum", "nesterov", "adam", "adam, clipped"]) data.Add(device, optimizer);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(DevicesAndOptimizers))]
    public void The_losses_and_weights_are_the_cpus(string device, string optimizer)
    {
        using NetworkRuntime cpu = TinyGpu.Create("cpu");
        using NetworkRuntime gpu = TinyGpu.Create(device);
        FitResult expected = cpu.Fit(TinyData.Clusters(50), Options(optimizer, epochs: 3));
        FitResult actual = gpu.Fit(TinyData.Clusters(50), Options(optimizer, epochs: 3));
        for (int step = 0; step < expected.StepLosses.Count; step++)
            Assert.Equal(expected.StepLosses[step], actual.StepLosses[step], 1e-5 * Math.Max(1, expected.StepLosses[step]));
        float[] weights = TinyGpu.Weights(cpu);
        Assert.All(TinyGpu.Weights(gpu), (weight, i) => Assert.Equal(weights[i], weight, 1e-5));
        Assert.Equal(expected.StepLosses.Count, gpu.Engine.OptimizerSteps);
        EvaluationReport report = gpu.Evaluate(TinyData.Clusters(33, seed: 2), batchSize: 8);
        Assert.Equal(cpu.Evaluate(TinyData.Clusters(33, seed: 2)).Loss, report.Loss, 1e-5);
        Assert.Contains("as asked", gpu.DeviceDescription, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Two_trainings_with_one_seed_give_the_same_bits(string device)
    {
        float[][] weights = new float[2][];
        for (int i = 0; i < 2; i++)
        {
            using NetworkRuntime runtime = TinyGpu.Create(device, seed: 7);
            runtime.Fit(TinyData.Clusters(40), Options("adam", epochs: 2));
            weights[i] = TinyGpu.Weights(runtime);
        }

        Assert.Equal(weights[0], weights[1]);
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void A_step_on_resident_data_moves_rows_and_losses_alone(string device)
    {
        using NetworkRuntime runtime = TinyGpu.Create(device);
        GpuStatistics[] read = new GpuStatistics[5];
        StepWatch watch = new(step => read[step] = GpuStatistics.Of(runtime)!.Value);
        runtime.Fit(TinyData.Clusters(40), Options("adam", epochs: 1) with { BatchSize = 8, Progress = watch });
        GpuStatistics step = read[3] - read[2];
        // Load, dense, loss, gradient, optimizer.
        Assert.Equal(new GpuStatistics(Launches: 5, Uploads: 1, UploadedBytes: 8 * sizeof(int), Downloads: 1, DownloadedBytes: 8 * sizeof(float)), step);
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Clipping_the_norm_takes_two_launches_and_moves_nothing(string device)
    {
        using NetworkRuntime runtime = TinyGpu.Create(device);
        GpuStatistics[] read = new GpuStatistics[5];
        StepWatch watch = new(step => read[step] = GpuStatistics.Of(runtime)!.Value);
        runtime.Fit(TinyData.Clusters(40), Options("adam, clipped", epochs: 1) with { BatchSize = 8, Progress = watch });
        GpuStatistics step = read[3] - read[2];
        Assert.Equal(new GpuStatistics(Launches: 7, Uploads: 1, UploadedBytes: 8 * sizeof(int), Downloads: 1, DownloadedBytes: 8 * sizeof(float)), step);
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Resident_and_staged_samples_give_the_same_bits(string device)
    {
        byte[] pixels = new byte[60];
        float[] numbers = new float[60];
        int[] labels = new int[30];
        for (int i = 0; i < 60; i++) numbers[i] = pixels[i] = (byte)(37 * i % 11);
        for (int i = 0; i < 30; i++) labels[i] = i % 3;
        using NetworkRuntime resident = TinyGpu.Create(device);
        using NetworkRuntime staged = TinyGpu.Create(device);
        using NetworkRuntime floats = TinyGpu.Create(device);
        DataSet bytes = DataSet.Create(new Column("input", pixels, 2), new Column("label", labels));
        Optimizer optimizer = new Sgd(0.01);
        resident.Fit(bytes, new FitOptions { BatchSize = 7, Optimizer = optimizer, Shuffle = false, Output = null, StopOnCtrlC = false });
        floats.Fit(DataSet.Create(new Column("input", numbers, 2), new Column("label", labels)), new FitOptions { BatchSize = 7, Optimizer = optimizer, Shuffle = false, Output = null, StopOnCtrlC = false });
        for (int first = 0; first < 30; first += 7)
        {
            int count = Math.Min(7, 30 - first);
            using (ProgramRun run = staged.Begin(ProgramKind.Train, count))
            {
                run.SetInput(0, pixels.AsSpan(2 * first, 2 * count));
                run.SetLabels(0, labels.AsSpan(first, count));
                run.Execute();
                Assert.True(float.IsFinite(run.Loss));
            }

            staged.Apply(optimizer);
        }

        Assert.Equal(TinyGpu.Weights(resident), TinyGpu.Weights(staged));
        Assert.Equal(TinyGpu.Weights(resident), TinyGpu.Weights(floats));
        EvaluationReport report = resident.Evaluate(bytes, 4);
        Assert.Equal(report.Loss, staged.Evaluate(bytes, 30).Loss, 1e-9);
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void The_batch_may_grow_and_shrink(string device)
    {
        using NetworkRuntime cpu = TinyGpu.Create("cpu");
        using NetworkRuntime gpu = TinyGpu.Create(device);
        foreach (int batch in (int[])[3, 20, 5, 40])
        {
            float[][] gradients = [Gradients(cpu, batch), Gradients(gpu, batch)];
            Assert.All(gradients[1], (gradient, i) => Assert.Equal(gradients[0][i], gradient, 1e-5));
        }

        Assert.Equal(40 * 112 * sizeof(float), gpu.Engine.TrainingActivationBytes(40));
        Assert.Contains("Tiny", gpu.Summary(16), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void A_step_allocates_no_managed_memory(string device)
    {
        using NetworkRuntime runtime = TinyGpu.Create(device);
        long[] allocated = new long[30];
        StepWatch watch = new(step => allocated[step] = GC.GetAllocatedBytesForCurrentThread());
        runtime.Fit(TinyData.Clusters(240), Options("adam", epochs: 1) with { BatchSize = 8, Progress = watch });
        if (device == "ilgpu-cpu") Assert.True(allocated[29] - allocated[19] < 10 * 5 * 400, "ILGPU's own device allocates a task for each launch, and nothing beside it should.");
        else Assert.Equal(0, allocated[29] - allocated[19]);
    }

    private static FitOptions Options(string optimizer, int epochs) => new()
    {
        Epochs = epochs,
        BatchSize = 16,
        Output = null,
        StopOnCtrlC = false,
        Optimizer = optimizer switch
        {
            "sgd" => new Sgd(0.1),
            "momentum" => new Sgd(0.05) { Momentum = 0.9 },
            "nesterov" => new Sgd(0.05) { Momentum = 0.9, Nesterov = true },
            "adam, clipped" => new Adam(0.05) { ClipValue = 0.5, ClipNorm = 0.3 },
            _ => new Adam(0.05),
        },
    };

    private static float[] Gradients(NetworkRuntime runtime, int batch)
    {
        DataSet data = TinyData.Clusters(batch, seed: batch);
        using (ProgramRun run = runtime.Begin(ProgramKind.Train, batch))
        {
            run.SetInput(0, data.Columns[0].Values<float>());
            run.SetLabels(0, data.Columns[1].Values<int>());
            run.Execute();
            Assert.InRange(run.Loss, 0.01f, 10f);
        }

        float[] gradients = new float[6];
        runtime.ReadGradients(runtime.Info.Parameters[0], gradients);
        return gradients;
    }

    private sealed class StepWatch(Action<int> seen) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            if (value.Completed is null) seen(value.Step - 1);
        }
    }
}
