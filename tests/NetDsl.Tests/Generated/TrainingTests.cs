using Xunit;

namespace NetDsl.Tests.Generated;

/// <summary>Generated networks learn, through the surface that their users see.</summary>
public sealed class TrainingTests
{
    private static readonly FitOptions Quiet = new() { Epochs = 30, BatchSize = 16, Optimizer = new Adam(0.02), Output = null };

    [Fact]
    public void Standardize_learns_its_statistics_and_the_network_its_task()
    {
        using var net = WeatherNet.Create();
        DataSet data = Samples.Weather(500);
        (DataSet test, DataSet train) = data.Split(0.2);
        net.Fit(train, Quiet);
        float[] mean = net.Parameters.Standardize1.Mean.ToArray();
        Assert.InRange(mean[0], 980, 1020);
        Assert.InRange(mean[2], -7.1f, -6.9f);
        EvaluationReport report = net.Evaluate(test);
        Assert.InRange(report.Accuracy, 0.95, 1);
        Assert.Contains("Wet", report.ToString(), StringComparison.Ordinal);
        Classification answer = net.Classify(data["features"].Sample<float>(0));
        Assert.Equal(((Weather)answer.Label).ToString(), answer.Name);
        Assert.Equal(1, answer.Probabilities.Sum(), 5);
    }

    [Fact]
    public void Fit_is_a_loop_of_gradients_and_apply()
    {
        DataSet data = Samples.Weather(64);
        using var fitted = WeatherNet.Create(new NetworkOptions { Seed = 4 });
        using var stepped = WeatherNet.Create(new NetworkOptions { Seed = 4 });
        fitted.Fit(data, Quiet with { Epochs = 2, Shuffle = false });

        stepped.Parameters.Standardize1.Mean.CopyFrom(fitted.Parameters.Standardize1.Mean.Span);
        stepped.Parameters.Standardize1.Deviation.CopyFrom(fitted.Parameters.Standardize1.Deviation.Span);
        ReadOnlySpan<float> features = data["features"].Values<float>();
        ReadOnlySpan<int> labels = data["weather"].Values<int>();
        for (int step = 0; step < 8; step++)
        {
            int first = step % 4 * 16;
            float loss = stepped.Gradients(features.Slice(first * 3, 48), labels.Slice(first, 16));
            Assert.True(float.IsFinite(loss));
            stepped.Apply(Quiet.Optimizer);
        }

        Assert.Equal(fitted.Parameters.Dense1.Weight.ToArray(), stepped.Parameters.Dense1.Weight.ToArray());
        Assert.Equal(fitted.Parameters.Dense2.Bias.ToArray(), stepped.Parameters.Dense2.Bias.ToArray());
    }

    [Fact]
    public void Backward_gives_gradients_of_weights_and_inputs_from_a_gradient_of_the_output()
    {
        using var net = LineNet.Create();
        net.Parameters.Dense1.Weight.CopyFrom([2, -3]);
        net.Parameters.Dense1.Bias.CopyFrom([1]);

        // y = 2 a - 3 b + 1; dy = (1, 10): dW = x^T dy, db = sum dy, dx = dy W^T.
        float[] dx = new float[4];
        net.Backward([1, 2, 3, 4], [1, 10], dx);
        Assert.Equal([2, -3, 20, -30], dx);
        Assert.Equal([31, 42], net.Parameters.Dense1.Weight.GradientToArray());
        Assert.Equal([11], net.Parameters.Dense1.Bias.GradientToArray());

        // The loss's own gradient: d/dy mean (y - t)^2 = 2 (y - t) / n, at y = (-3, -5), t = (0, 0).
        float loss = net.Gradients([1, 2, 3, 4], [0, 0]);
        Assert.Equal((9 + 25) / 2f, loss);
        Assert.Equal([-3 - 15, -6 - 20], net.Parameters.Dense1.Weight.GradientToArray());
        Assert.Equal([-8], net.Parameters.Dense1.Bias.GradientToArray());
    }

    [Fact]
    public void Several_losses_and_outputs_train_together_and_an_output_runs_alone()
    {
        using var net = CodeNet.Create(new NetworkOptions { Seed = 2 });
        float[] x = Samples.Numbers(300 * 6, 1);
        int[] kinds = [.. Enumerable.Range(0, 300).Select(i => x[6 * i] > 0.3f ? 2 : x[(6 * i) + 1] > 0 ? 1 : 0)];
        DataSet data = DataSet.Create(new Column("x", x, 6), new Column("kind", kinds));
        FitResult result = net.Fit(data, Quiet with { Epochs = 60 });
        EvaluationReport report = net.Evaluate(data);
        Assert.InRange(report["kind"].Accuracy, 0.9, 1);
        Assert.InRange(report["reconstruction"].Loss, 0, 0.15);
        Assert.Equal(report.Loss, report["kind"].Loss + (0.5 * report["reconstruction"].Loss), 6);
        Assert.True(result.Epochs[^1].Loss < result.Epochs[0].Loss);

        float[] code = new float[4], reconstruction = new float[6], kind = new float[3];
        net.Forward(x.AsSpan(0, 6), new CodeNet.Outputs { Code = code, Reconstruction = reconstruction, Kind = kind });
        Assert.Equal(code, net.Code(x.AsSpan(0, 6)));
        float[] probabilities = new float[3];
        net.Predict(x.AsSpan(0, 6), new CodeNet.Outputs { Code = code, Reconstruction = reconstruction, Kind = probabilities });
        Assert.Equal(1, probabilities.Sum(), 5);
        Assert.NotEqual(kind, probabilities);
    }

    [Fact]
    public void Several_inputs_and_targets_are_matched_by_name_or_position()
    {
        float[] left = Samples.Numbers(200 * 4, 1), right = Samples.Numbers(200 * 3, 2);
        float[] sign = [.. Enumerable.Range(0, 200).Select(i => left[4 * i] + right[3 * i] > 0 ? 1f : 0f)];
        float[] values = [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? left[4 * (i / 2)] : right[3 * (i / 2)])];
        var columns = new[] { new Column("left", left, 4), new Column("right", right, 3), new Column("sign", sign), new Column("values", values, 2) };
        using var byPosition = PairNet.Create();
        byPosition.Fit(DataSet.Create(columns), Quiet);
        using var byName = PairNet.Create();
        byName.Fit(DataSet.Create(columns[3], columns[1], columns[2], columns[0]), Quiet);
        Assert.Equal(byPosition.Parameters.L.Weight.ToArray(), byName.Parameters.L.Weight.ToArray());
        EvaluationReport report = byPosition.Evaluate(DataSet.Create(columns));
        Assert.InRange(report["sign"].Accuracy, 0.9, 1);
        Assert.InRange(report["values"].Loss, 0, 0.1);

        ArgumentException uneven = Assert.Throws<ArgumentException>(() => byPosition.Predict(
            new PairNet.Inputs { Left = left.AsSpan(0, 8), Right = right.AsSpan(0, 3) },
            new PairNet.Outputs { Sign = new float[2], Values = new float[4] }));
        Assert.Contains("right", uneven.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_without_a_loss_predicts_and_says_that_it_cannot_be_fitted()
    {
        using var net = Outer.PredictOnly.Create();
        float[] probabilities = net.Predict([1, 2, 3]);
        Assert.Equal(1, probabilities.Sum(), 5);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => net.Fit(Samples.Weather(8)));
        Assert.Contains("loss", error.Message, StringComparison.Ordinal);
        Assert.Equal([6, 6], net.Parameters.Hidden2.Repeat1.Dense1.Weight.Shape.ToArray());
    }

    [Fact]
    public void Standardized_targets_are_learned_at_one_rate_and_come_back_in_their_own_size()
    {
        // t = (100,000 + 30,000 a, 0.02 - 0.001 b): no rate would suit both.
        const int Samples = 64;
        float[] x = new float[2 * Samples], t = new float[2 * Samples];
        Random random = new(4);
        for (int i = 0; i < Samples; i++)
        {
            (x[2 * i], x[(2 * i) + 1]) = (random.NextSingle(), random.NextSingle());
            (t[2 * i], t[(2 * i) + 1]) = (100_000 + (30_000 * x[2 * i]), 0.02f - (0.001f * x[(2 * i) + 1]));
        }

        DataSet data = new(new Column("input", x, 2), new Column("MeanSquaredError1", t, 2));
        using Prices net = Prices.Create(new NetworkOptions { Device = Device.Cpu, Seed = 1 });
        net.Fit(data, new FitOptions { Epochs = 300, BatchSize = 16, Optimizer = new Adam(0.02), Output = null, StopOnCtrlC = false });
        float[] predicted = net.Predict(x), raw = net.Forward(x), mean = net.Parameters.MeanSquaredError1.Mean.ToArray(), deviation = net.Parameters.MeanSquaredError1.Deviation.ToArray();
        for (int k = 0; k < 2; k++)
        {
            double[] column = [.. Enumerable.Range(0, Samples).Select(i => (double)t[(2 * i) + k])];
            double average = column.Average(), spread = Math.Sqrt(column.Average(value => Math.Pow(value - average, 2)));
            Assert.Equal(1, mean[k] / average, 1e-5);
            Assert.Equal(1, deviation[k] / spread, 1e-4);
            for (int i = 0; i < Samples; i++)
            {
                Assert.Equal(0, (predicted[(2 * i) + k] - t[(2 * i) + k]) / spread, 0.02);
                Assert.Equal(0, (predicted[(2 * i) + k] - ((raw[(2 * i) + k] * deviation[k]) + mean[k])) / spread, 1e-3);
            }
        }

        // The report's figures are of the numbers themselves, its loss of what is minimised.
        RegressionReport report = Assert.IsType<RegressionReport>(net.Evaluate(data).Losses[0]);
        Assert.True(report.R2 > 0.999);
        Assert.InRange(Math.Sqrt(report.MeanSquaredError), 0, 300);
        Assert.InRange(report.Loss, 0, 1e-3);
        string path = Path.GetTempFileName();
        net.Save(path);
        using Prices loaded = Prices.Load(path, new NetworkOptions { Device = Device.Cpu });
        File.Delete(path);
        Assert.Equal(predicted, loaded.Predict(x));
    }
}
