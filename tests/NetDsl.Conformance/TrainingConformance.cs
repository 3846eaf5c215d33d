using NetDsl.Conformance.Devices;
using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Conformance.Reference;
using Xunit;

namespace NetDsl.Conformance;

/// <summary>Training from end to end: data, steps, optimizer.</summary>
/// <typeparam name="TDevice">Where it runs.</typeparam>
public abstract class TrainingConformance<TDevice>
    where TDevice : TestDevice, new()
{
    private static readonly TDevice s_on = new();

    [DeviceFact]
    public void The_same_seed_gives_the_same_bits_after_200_steps_and_another_seed_others()
    {
        (float[] losses, float[] weights) = SmallTraining.Run(s_on, s_on.Device, new Adam(0.01), seed: 5, steps: 200);
        (float[] again, float[] sameWeights) = SmallTraining.Run(s_on, s_on.Device, new Adam(0.01), seed: 5, steps: 200);
        Bits.Same(losses, again, "losses");
        Bits.Same(weights, sameWeights, "weights");
        Assert.NotEqual(weights, SmallTraining.Run(s_on, s_on.Device, new Adam(0.01), seed: 6, steps: 200).Weights);
        Assert.True(losses[^20..].Average() < 0.5 * losses[..20].Average(), $"The loss went from {losses[..20].Average()} to {losses[^20..].Average()} only.");
    }

    [DeviceFact]
    public void A_step_with_a_clipped_norm_has_the_length_of_the_limit()
    {
        // Sgd(1) moves the weights by the gradients, so their change has the norm that was asked for, whatever lies between tensors.
        const double Limit = 0.01;
        NetworkCase network = new("clipping", "[Input(13), Dense(7, Activation = Activation.Tanh), Dense(5, UseBias = false), MeanSquaredError]");
        using INetwork instance = LoadedNetwork.Of(network, s_on).Create(s_on.Device, seed: 2);
        float[] before = SmallTraining.Weights(instance);
        DataSet data = new(
            new Column("input", Array.ConvertAll(SpreadNumbers.Make(3 * 13, 3, -1, 1), x => (float)x), 13),
            new Column("target", Array.ConvertAll(SpreadNumbers.Make(3 * 5, 4, -1, 1), x => (float)x), 5));
        instance.Fit(data, new FitOptions { BatchSize = 3, Optimizer = new Sgd(1) { ClipNorm = Limit }, Output = null, StopOnCtrlC = false });
        double length = Math.Sqrt(SmallTraining.Weights(instance).Zip(before, (after, weight) => (double)(after - weight) * (after - weight)).Sum());
        Assert.Equal(Limit, length, 1e-5);
    }

    /// <summary>Of each tensor the extents of the axes before its units, of those, and behind them.</summary>
    [DeviceTheory]
    [InlineData("[Input(13), Dense(37, MaxNorm = 0.7), Dense(5), MeanSquaredError]", 13, 37, 1)]
    [InlineData("[Input(5, 4, 3), Conv2D(6, 2, MaxNorm = 0.7), MeanSquaredError]", 12, 6, 1)]
    [InlineData("[Input(5, 4, 3), ConvTranspose2D(7, 2, MaxNorm = 0.7), MeanSquaredError]", 4, 7, 3)]
    [InlineData("[Input(5, 4, 3), DepthwiseConv2D(2, DepthMultiplier = 2, MaxNorm = 0.7), MeanSquaredError]", 4, 6, 1)]
    [InlineData("[TokenInput(4, 11), Embedding(5, MaxNorm = 0.7), MeanSquaredError]", 1, 11, 5)]
    [InlineData("[Input(300), Dense(70, MaxNorm = 0.7), MeanSquaredError]", 300, 70, 1)]
    public void Units_whose_weights_are_longer_than_allowed_are_scaled_down(string layers, int before, int units, int behind)
    {
        const float Most = 0.7f;
        using INetwork instance = LoadedNetwork.Of(new NetworkCase("limits", layers), s_on).Create(s_on.Device, seed: 2);
        ParameterView weight = instance.Runtime.Parameter(0);
        double[] start = SpreadNumbers.Make(weight.Length, 5, -0.5, 0.5), gradient = SpreadNumbers.Make(weight.Length, 6, -0.3, 0.3), expected = new double[weight.Length];
        weight.CopyFrom(Array.ConvertAll(start, x => (float)x));
        weight.CopyGradientFrom(Array.ConvertAll(gradient, x => (float)x));
        instance.Runtime.Apply(new Sgd(1));
        int longer = 0;
        for (int unit = 0; unit < units; unit++)
        {
            int[] own = [.. Enumerable.Range(0, before).SelectMany(b => Enumerable.Range(0, behind).Select(i => (((b * units) + unit) * behind) + i))];
            double norm = Math.Sqrt(own.Sum(i => Math.Pow(start[i] - gradient[i], 2))), scale = norm > Most ? Most / norm : 1;
            if (norm > Most) longer++;
            foreach (int i in own) expected[i] = (start[i] - gradient[i]) * scale;
        }

        Assert.True(longer > 0);
        Numbers.AssertClose(expected, Array.ConvertAll(weight.ToArray(), w => (double)w), 1e-5, "weights");
    }

    [DeviceTheory]
    [InlineData(1)]
    [InlineData(1e14)]
    [InlineData(1e16)]
    [InlineData(1e25)]
    [InlineData(3e38)]
    public void Gradients_whose_squares_no_float_holds_are_clipped_like_others(double scale)
    {
        const double Limit = 0.01;
        NetworkCase network = new("clipping", "[Input(13), Dense(7, Activation = Activation.Tanh), Dense(5, UseBias = false), MeanSquaredError]");
        using INetwork instance = LoadedNetwork.Of(network, s_on).Create(s_on.Device, seed: 2);
        float[] before = SmallTraining.Weights(instance);
        for (int i = 0; i < instance.Runtime.Info.Parameters.Length; i++)
        {
            ParameterView parameter = instance.Runtime.Parameter(i);
            parameter.CopyGradientFrom(Array.ConvertAll(SpreadNumbers.Make(parameter.Length, 7 + i, -1, 1), x => (float)(x * scale)));
        }

        instance.Runtime.Apply(new Sgd(1) { ClipNorm = Limit });
        double length = Math.Sqrt(SmallTraining.Weights(instance).Zip(before, (after, weight) => (double)(after - weight) * (after - weight)).Sum());
        Assert.Equal(Limit, length, 1e-5);
    }
}

/// <summary>The same training on a device and on the CPU.</summary>
/// <typeparam name="TDevice">The device.</typeparam>
public abstract class TrainingAgainstCpu<TDevice>
    where TDevice : TestDevice, new()
{
    private static readonly TDevice s_on = new();

    /// <summary>Every optimizer with what it offers.</summary>
    public static TheoryData<string> Optimizers => [.. s_optimizers.Keys];

    private static readonly Dictionary<string, Optimizer> s_optimizers = new()
    {
        ["SGD"] = new Sgd(0.05),
        ["SGD with momentum"] = new Sgd(0.02) { Momentum = 0.9 },
        ["SGD with Nesterov's momentum"] = new Sgd(0.02) { Momentum = 0.9, Nesterov = true },
        ["Adam"] = new Adam(0.003),
        ["SGD, norm clipped"] = new Sgd(0.05) { ClipNorm = 0.3 },
        ["SGD with momentum, values clipped"] = new Sgd(0.02) { Momentum = 0.9, ClipValue = 0.02 },
        ["Adam, values and norm clipped"] = new Adam(0.003) { ClipValue = 0.05, ClipNorm = 0.1 },
        ["Adam with other moments"] = new Adam(0.003) { Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-5 },
    };

    [DeviceTheory]
    [MemberData(nameof(Optimizers))]
    public void Losses_and_weights_follow_those_of_the_cpu(string optimizer)
    {
        const int Steps = 20;
        (float[] expected, float[] expectedWeights) = SmallTraining.Run(s_on, Device.Cpu, s_optimizers[optimizer], seed: 3, Steps);
        (float[] losses, float[] weights) = SmallTraining.Run(s_on, s_on.Device, s_optimizers[optimizer], seed: 3, Steps);
        Assert.Equal(Steps, losses.Length);
        Assert.Equal(expected[0], losses[0], 1e-5);
        for (int step = 0; step < Steps; step++)
            Assert.True(Math.Abs(losses[step] - expected[step]) <= 1e-3 * Math.Abs(expected[step]), $"The loss of step {step + 1} is {losses[step]}, on the CPU {expected[step]}.");
        Numbers.AssertClose(Array.ConvertAll(expectedWeights, w => (double)w), Array.ConvertAll(weights, w => (double)w), 2e-3, "weights");
    }
}

/// <summary>A small network with all that differs between training and prediction, on data that it can learn.</summary>
internal static class SmallTraining
{
    private const int Samples = 40;
    private const int Batch = 8;

    private static readonly NetworkCase Network = new(
        "training",
        "[Input(6, 6, 1), Rescale(1 / 255.0), Conv2D(4, 3, UseBias = false), BatchNorm(Activation = Activation.ReLU), MaxPool2D(2), Flatten, Dropout(0.1), Dense(8, Activation = Activation.Tanh), Dense(3), CrossEntropy]");

    public static (float[] Losses, float[] Weights) Run(TestDevice compiledFor, Device device, Optimizer optimizer, long seed, int steps)
    {
        using INetwork network = LoadedNetwork.Of(Network, compiledFor).Create(device, seed: seed);
        FitResult fit = network.Fit(Data(), new FitOptions { Epochs = steps * Batch / Samples, BatchSize = Batch, Optimizer = optimizer, Output = null, StopOnCtrlC = false });
        return ([.. fit.StepLosses], Weights(network));
    }

    public static float[] Weights(INetwork network) =>
        [.. Enumerable.Range(0, network.Runtime.Info.Parameters.Length).SelectMany(i => network.Runtime.Parameter(i).ToArray())];

    /// <summary>Bytes whose brightest third says the class.</summary>
    private static DataSet Data()
    {
        const int Pixels = 36;
        double[] noise = SpreadNumbers.Make(Samples * Pixels, 7, 0, 120);
        byte[] images = new byte[Samples * Pixels];
        int[] labels = new int[Samples];
        for (int sample = 0; sample < Samples; sample++)
        {
            labels[sample] = sample % 3;
            for (int pixel = 0; pixel < Pixels; pixel++)
                images[(sample * Pixels) + pixel] = (byte)(noise[(sample * Pixels) + pixel] + (pixel / 12 == labels[sample] ? 120 : 0));
        }

        return new DataSet(new Column("input", images, 6, 6, 1), new Column("target", labels));
    }
}
