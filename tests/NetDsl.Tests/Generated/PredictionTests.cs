using Xunit;

namespace NetDsl.Tests.Generated;

/// <summary>Prediction, inspection, files and determinism of generated networks.</summary>
public sealed class PredictionTests
{
    private static readonly FitOptions Quiet = new() { Epochs = 3, BatchSize = 10, Optimizer = new Adam(0.01), Output = null };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_same_seed_gives_the_same_file_on_any_number_of_threads(int threads)
    {
        byte[] expected = Train(1), actual = Train(threads);
        Assert.Equal(expected, actual);

        static byte[] Train(int threads)
        {
            string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
            using var net = PatchNet.Create(new NetworkOptions { Seed = 9, Threads = threads });
            net.Fit(Samples.Patches(64), Quiet);
            net.Save(path);
            byte[] bytes = File.ReadAllBytes(path);
            File.Delete(path);
            return bytes;
        }
    }

    [Fact]
    public void An_answer_is_the_same_alone_in_a_batch_from_bytes_and_from_several_threads()
    {
        using var net = PatchNet.Create();
        DataSet data = Samples.Patches(77);
        net.Fit(data, Quiet);
        byte[] pixels = data["image"].Values<byte>().ToArray();
        float[] images = [.. pixels.Select(p => (float)p)];
        float[] together = net.Predict(images);
        Assert.Equal(together, net.Predict(pixels));
        Parallel.For(0, 77, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            Assert.Equal(together.AsSpan(3 * i, 3).ToArray(), net.Predict(images.AsSpan(64 * i, 64)));
            Assert.Equal(together.AsSpan(3 * i, 3).ToArray(), net.Classify(pixels.AsSpan(64 * i, 64)).Probabilities);
        });
    }

    [Fact]
    public void Predictions_of_a_batch_follow_every_change_of_the_weights()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        using var net = PatchNet.Create(new NetworkOptions { Seed = 3, Threads = 2 });
        DataSet data = Samples.Patches(77);
        byte[] pixels = data["image"].Values<byte>().ToArray();
        int[] labels = data["label"].Values<int>().ToArray();
        float[] before = Check();
        net.Fit(data, Quiet);
        float[] fitted = Check();
        Assert.NotEqual(before, fitted);

        net.Gradients([.. pixels.Select(p => (float)p)], labels);
        net.Apply(new Sgd(0.1));
        float[] applied = Check();
        Assert.NotEqual(fitted, applied);

        float[] weights = net.Parameters.Dense1.Weight.ToArray();
        net.Parameters.Dense1.Weight.CopyFrom([.. weights.Select(w => -w)]);
        Assert.NotEqual(applied, Check());
        net.Parameters.Dense1.Weight.CopyFrom(weights);
        Assert.Equal(applied, Check());
        File.Delete(path);

        // What a network that never predicted before says of the same weights.
        float[] Check()
        {
            net.Save(path);
            using var fresh = PatchNet.Load(path);
            float[] answers = net.Predict(pixels);
            Assert.Equal(fresh.Predict(pixels), answers);
            return answers;
        }
    }

    [Fact]
    public void A_saved_network_loads_with_its_statistics_and_another_networks_file_is_refused()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        using var net = PatchNet.Create();
        DataSet data = Samples.Patches(30);
        net.Fit(data, Quiet);
        net.Save(path);
        using var loaded = PatchNet.Load(path);
        Assert.Equal(net.Predict(data["image"].Values<byte>()), loaded.Predict(data["image"].Values<byte>()));
        Assert.NotEqual(new float[4], loaded.Parameters.BatchNorm1.Mean.ToArray());
        Exception error = Assert.ThrowsAny<IOException>(() => WeatherNet.Load(path));
        Assert.Contains("PatchNet", error.Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public void Inspect_shows_every_layer_of_an_inspectable_network()
    {
        using var net = PatchNet.Create();
        var seen = new List<string>();
        float[] image = [.. Enumerable.Range(0, 64).Select(i => (float)i)];
        float[] logits = net.Forward(image);
        net.Inspect(image, (layer, shape, values) =>
        {
            seen.Add(layer);
            Assert.Equal(shape.ToArray().Aggregate(1, (a, b) => a * b), values.Length);
            if (layer == "Rescale1") Assert.Equal(63 / 255f, values[63], 6);
            if (layer == "BatchNorm1") Assert.DoesNotContain(values.ToArray(), v => v < 0);
            if (layer == "Dense1") Assert.Equal(logits, values.ToArray());
        });
        Assert.Equal(["input", "Rescale1", "Conv2D1", "BatchNorm1", "MaxPool2D1", "Flatten1", "Dense1"], seen);
    }

    [Fact]
    public async Task Two_networks_and_two_instances_of_one_do_not_meet()
    {
        using var a = WeatherNet.Create(new NetworkOptions { Seed = 1 });
        using var b = WeatherNet.Create(new NetworkOptions { Seed = 2 });
        using var c = LineNet.Create();
        float[] before = b.Parameters.Dense1.Weight.ToArray();
        Task training = Task.Run(() => a.Fit(Samples.Weather(200), Quiet));
        Task other = Task.Run(() => c.Fit(DataSet.Create(new Column("x", Samples.Numbers(200, 1), 2), new Column("y", Samples.Numbers(100, 2))), Quiet));
        await Task.WhenAll(training, other);
        Assert.Equal(before, b.Parameters.Dense1.Weight.ToArray());
        Assert.NotEqual(before, a.Parameters.Dense1.Weight.ToArray());
    }

    [Fact]
    public void The_planned_arena_is_the_actual_one()
    {
        using var net = PatchNet.Create();
        string[] lines = net.Summary(32).Split('\n');
        string arena = Assert.Single(lines, line => line.StartsWith("activation arena", StringComparison.Ordinal));
        string[] numbers = [.. arena.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => char.IsDigit(word[0]))];
        Assert.Equal(2, numbers.Length);
        Assert.Equal(numbers[0], numbers[1]);
    }
}
