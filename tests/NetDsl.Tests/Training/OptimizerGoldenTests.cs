using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Tests.Training;

/// <summary>Ten steps against PyTorch's numbers; optimizer_goldens.py beside this file made them.</summary>
public class OptimizerGoldenTests
{
    private static readonly float[] s_x = [0.5f, -1, 2, 1.5f, 0.25f, -0.75f, -0.5f, 0.5f, 1, 2, -1.5f, 0];
    private static readonly float[] s_y = [1, -1, 0, 2, -1.5f, 0.5f, 3, 0];

    public static TheoryData<string, Optimizer, float[]> Goldens => new()
    {
        { "sgd", new Sgd(0.1), [0.66593844f, 0.4259913f, -0.65246785f, 0.64690053f, -0.13320039f, -0.17357641f, 0.10492601f, 0.21017273f] },
        { "momentum", new Sgd(0.05) { Momentum = 0.9 }, [0.89371657f, 0.91636646f, -1.4052851f, 0.96915287f, 0.097966999f, -0.89548588f, -0.12429643f, 0.43706071f] },
        { "nesterov", new Sgd(0.05) { Momentum = 0.9, Nesterov = true }, [0.72986007f, 0.77643722f, -1.3381457f, 1.0191551f, 0.016558414f, -0.73710269f, -0.29470068f, 0.46195334f] },
        { "adam", new Adam(0.05), [0.56820464f, 0.28075328f, -0.18144152f, 0.89640558f, -0.052395985f, 0.11232598f, 0.44741324f, 0.41284639f] },
        { "clip value", new Sgd(0.1) { ClipValue = 0.25 }, [0.35000005f, 0.050000004f, 0.049999982f, 0.57477254f, -0.24999994f, 0.35000008f, 0.30000004f, 0.19457936f] },
        { "clip norm", new Sgd(0.1) { ClipNorm = 0.5 }, [0.33696014f, -0.0033876651f, 0.023302374f, 0.43036735f, -0.37082261f, 0.38806617f, 0.15778074f, 0.014121378f] },
        { "momentum, clip norm", new Sgd(0.05) { Momentum = 0.9, ClipNorm = 0.5 }, [0.58507276f, 0.20688815f, -0.27222005f, 0.46568942f, -0.23409736f, 0.1585286f, 0.26679361f, 0.08295282f] },
        { "adam, clip both", new Adam(0.05) { ClipValue = 0.25, ClipNorm = 0.4 }, [0.60268861f, 0.3026886f, -0.20268857f, 0.90101022f, -0.014074836f, 0.0973114f, 0.4492164f, 0.43616229f] },
        { "other betas", new Adam(0.1) { Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-3 }, [0.82047063f, 0.6377449f, -0.55738866f, 1.3084232f, 0.050434016f, -0.28858098f, 0.27461898f, 0.62123799f] },
    };

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Ten_steps_are_PyTorchs(string name, Optimizer optimizer, float[] golden)
    {
        using LinearNetwork network = LinearNetwork.Regressor(3, 2);
        Start(network);
        for (int step = 0; step < 10; step++)
        {
            network.Gradients(s_x, s_y);
            network.Apply(optimizer);
        }

        Equal(golden, network, name);
    }

    public static TheoryData<string, Optimizer, float[]> FallingRates => new()
    {
        { "momentum", new Sgd(0.05) { Momentum = 0.9 }, [0.81733435f, 0.4635253f, -0.63890183f, 0.55311036f, -0.085366197f, -0.15938106f, 0.30793232f, 0.17657049f] },
        { "adam", new Adam(0.05), [0.31963214f, 0.020849671f, 0.07909546f, 0.62281722f, -0.28216445f, 0.37837464f, 0.26400742f, 0.16913548f] },
    };

    [Theory]
    [MemberData(nameof(FallingRates))]
    public void A_rate_that_falls_after_each_step_is_PyTorchs_ExponentialLR(string name, Optimizer optimizer, float[] golden)
    {
        using LinearNetwork network = LinearNetwork.Regressor(3, 2);
        Start(network);
        DataSet data = DataSet.Create(new Column("x", s_x, 3), new Column("y", s_y, 2));
        network.Fit(data, TinyData.Quiet(epochs: 10, batchSize: 4, optimizer) with { Progress = new Falling(optimizer, 0.8) });
        Equal(golden, network, name);
    }

    [Fact]
    public void Two_fits_of_five_steps_are_ten_steps()
    {
        using LinearNetwork network = LinearNetwork.Regressor(3, 2);
        Start(network);
        DataSet data = DataSet.Create(new Column("x", s_x, 3), new Column("y", s_y, 2));
        FitOptions options = TinyData.Quiet(epochs: 5, batchSize: 4, new Adam(0.05));
        network.Fit(data, options);
        network.Fit(data, options);
        Equal((float[])Goldens.Single(row => (string)row[0] == "adam")[2], network, "adam in two fits");
    }

    [Fact]
    public void Another_kind_of_optimizer_starts_from_nothing()
    {
        using LinearNetwork network = LinearNetwork.Regressor(3, 2);
        Start(network);
        for (int step = 0; step < 3; step++)
        {
            network.Gradients(s_x, s_y);
            network.Apply(new Adam(0.05));
        }

        network.Gradients(s_x, s_y);
        network.Apply(new Sgd(0.05) { Momentum = 0.9 });
        Start(network);
        for (int step = 0; step < 10; step++)
        {
            network.Gradients(s_x, s_y);
            network.Apply(new Adam(0.05));
        }

        Equal((float[])Goldens.Single(row => (string)row[0] == "adam")[2], network, "adam after momentum");
    }

    [Fact]
    public void Large_arenas_are_updated_in_every_part()
    {
        using LinearNetwork network = LinearNetwork.Regressor(300, 100, new NetworkOptions { Threads = 2 });
        float[] before = network.Weight.ToArray();
        float[] gradient = [.. Enumerable.Range(0, before.Length).Select(i => i % 7 - 3f)];
        network.Weight.CopyGradientFrom(gradient);
        network.Apply(new Sgd(0.5));
        float[] after = network.Weight.ToArray();
        for (int i = 0; i < before.Length; i++) Assert.Equal(before[i] - (0.5f * gradient[i]), after[i]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_clipped_norm_is_that_of_all_gradients_and_has_the_same_bits_on_any_number_of_threads(int threads)
    {
        float[] weights = Clipped(threads), same = Clipped(1);
        Assert.Equal(same, weights);

        static float[] Clipped(int threads)
        {
            using LinearNetwork network = LinearNetwork.Regressor(301, 97, new NetworkOptions { Threads = threads });
            float[] before = network.Weight.ToArray();
            float[] gradient = [.. Enumerable.Range(0, before.Length).Select(i => (i % 7) - 3f)];
            float[] bias = [.. Enumerable.Repeat(50f, 97)];
            network.Weight.CopyGradientFrom(gradient);
            network.Bias.CopyGradientFrom(bias);
            network.Apply(new Sgd(0.5) { ClipNorm = 2 });
            double norm = Math.Sqrt(gradient.Concat(bias).Sum(g => (double)g * g));
            float[] after = network.Weight.ToArray();
            for (int i = 0; i < before.Length; i++) Assert.Equal(before[i] - (0.5 * 2 / norm * gradient[i]), after[i], 1e-6);
            Assert.Equal(gradient, network.Weight.GradientToArray());
            return after;
        }
    }

    [Fact]
    public void A_norm_within_the_limit_changes_no_bit()
    {
        Assert.Equal(One(new Adam(0.05)), One(new Adam(0.05) { ClipNorm = 1e3, ClipValue = 1e3 }));

        static float[] One(Optimizer optimizer)
        {
            using LinearNetwork network = LinearNetwork.Regressor(3, 2);
            Start(network);
            network.Gradients(s_x, s_y);
            network.Apply(optimizer);
            return network.Weight.ToArray();
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(1.0, null)]
    [InlineData(null, 1.0)]
    public void A_gradient_that_is_not_a_number_is_seen(double? clipNorm, double? clipValue)
    {
        using LinearNetwork network = LinearNetwork.Regressor(3, 2);
        network.Weight.CopyGradientFrom([1, 2, float.NaN, 4, 5, 6]);
        network.Apply(new Sgd(0.1) { ClipNorm = clipNorm, ClipValue = clipValue });
        float[] weights = network.Weight.ToArray();
        Assert.True(float.IsNaN(weights[2]));
        Assert.Equal(clipNorm is not null, float.IsNaN(weights[0]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_limit_is_a_positive_number(double limit)
    {
        Assert.Equal("ClipNorm", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { ClipNorm = limit }).ParamName);
        Assert.Equal("ClipValue", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { ClipValue = limit }).ParamName);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_learning_rate_is_a_positive_number(double rate)
    {
        Assert.Equal("LearningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(rate)).ParamName);
        Assert.Equal("LearningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(rate)).ParamName);
        Sgd kept = new(0.5);
        Assert.Equal("LearningRate", Assert.Throws<ArgumentOutOfRangeException>(() => kept.LearningRate = rate).ParamName);
        Assert.Equal(0.5, kept.LearningRate);
    }

    [Fact]
    public void Other_figures_of_optimizers_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { Momentum = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { Momentum = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Beta1 = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Beta2 = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Epsilon = 0 });
        Assert.Equal(new Adam(0.01) { Beta1 = 0.5 }, new Adam(0.01) { Beta1 = 0.5 });
    }

    private static void Start(LinearNetwork network)
    {
        network.Weight.CopyFrom([0.1f, -0.2f, 0.3f, 0.4f, -0.5f, 0.6f]);
        network.Bias.CopyFrom([0.05f, -0.05f]);
    }

    private static void Equal(float[] golden, LinearNetwork network, string name)
    {
        float[] values = [.. network.Weight.ToArray(), .. network.Bias.ToArray()];
        for (int i = 0; i < golden.Length; i++)
            Assert.True(Math.Abs(golden[i] - values[i]) <= 1e-5, $"{name}, number {i}: {values[i]}, PyTorch has {golden[i]}.");
    }

    /// <summary>A schedule as users write it.</summary>
    private sealed class Falling(Optimizer optimizer, double factor) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            if (value.Completed is null) optimizer.LearningRate *= factor;
        }
    }
}
