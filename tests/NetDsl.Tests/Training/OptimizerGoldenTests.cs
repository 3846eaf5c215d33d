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
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_learning_rate_is_a_positive_number(double rate)
    {
        Assert.Equal("LearningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(rate)).ParamName);
        Assert.Equal("LearningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(rate)).ParamName);
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
}
