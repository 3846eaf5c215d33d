using NetDsl.Conformance.Devices;
using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Reference;
using Xunit;

namespace NetDsl.Conformance;

/// <summary>Networks in a network: live over the same weights, in user's code.</summary>
/// <typeparam name="TDevice">Where they run.</typeparam>
public abstract class InsertionConformance<TDevice>
    where TDevice : TestDevice, new()
{
    private const string Source =
        """
        using System;
        using System.Linq;
        using NetDsl;

        namespace Networks;

        [Network]
        [Input(6), Rescale(0.5)]
        [Dense(40, UseBias = false), BatchNorm(Activation = Activation.Tanh), Dense(3, Name = "code")]
        [MeanSquaredError]
        public partial class Encoder;

        [Network]
        [Input(3)]
        [Dense(8, Activation = Activation.ReLU), Dense(6)]
        public partial class Decoder;

        [Network]
        [Input(6, Name = "x")]
        [Dense(6, Trainable = false), Block<Encoder>, Block<Decoder>(Name = "Back")]
        [MeanSquaredError(Target = "x")]
        public partial class Net;

        [Network]
        [Input(6)]
        [Block<Net>, Dense(2), CrossEntropy]
        public partial class Outermost;

        [Network]
        [Input(6)]
        [Block<Encoder>(Trainable = false), Dense(2)]
        [CrossEntropy]
        public partial class Frozen;

        public static class Program
        {
            // Enough samples that predictions read packed weights.
            private const int Samples = 96;

            private static readonly int[] s_labels = [.. Enumerable.Range(0, Samples).Select(i => i % 2)];
            private static readonly float[] s_x = [.. Enumerable.Range(0, 6 * Samples).Select(i => MathF.Sin(i))], s_code = [.. Enumerable.Range(0, 3 * Samples).Select(i => MathF.Cos(i))];

            private static Net Create(Device device) => Net.Create(new NetworkOptions { Device = device, Threads = 2, Seed = 3 });

            private static float[] Inside(Net net)
            {
                // What the encoder is given in the network: a frozen layer.
                float[] weight = net.Parameters.Dense1.Weight.ToArray(), given = new float[s_x.Length];
                for (int i = 0; i < given.Length; i++)
                    for (int k = 0; k < 6; k++) given[i] += s_x[(i / 6 * 6) + k] * weight[(k * 6) + (i % 6)];
                return net.Encoder.Forward(given);
            }

            public static float[][] SameAnswers(Device device)
            {
                using Net net = Create(device);
                float[] before = net.Back.Forward(Inside(net)), whole = net.Forward(s_x);
                for (int i = 0; i < 3; i++)
                {
                    net.Gradients(s_x);
                    net.Apply(new Adam(0.05));
                }

                return [before, whole, net.Back.Forward(Inside(net)), net.Forward(s_x)];
            }

            public static float[][] InnerTrains(Device device)
            {
                using Net net = Create(device);
                float[] decoder = net.Back.Parameters.Dense1.Weight.ToArray(), before = net.Forward(s_x);
                float first = net.Encoder.Gradients(s_x, s_code), last = 0;
                for (int i = 0; i < 5; i++)
                {
                    net.Encoder.Apply(new Sgd(0.2));
                    last = net.Encoder.Gradients(s_x, s_code);
                }

                return [before, net.Forward(s_x), net.Back.Forward(Inside(net)), [first, last], decoder, net.Parameters.Back.Dense1.Weight.ToArray(), net.Parameters.Encoder.BatchNorm1.Mean.ToArray(), net.Encoder.Parameters.BatchNorm1.Mean.ToArray()];
            }

            public static float[][] FrozenStays(Device device)
            {
                using Frozen net = Frozen.Create(new NetworkOptions { Device = device, Seed = 4 });
                float[] before = net.Parameters.Encoder.Code.Weight.ToArray();
                net.Gradients(s_x, s_labels);
                net.Apply(new Adam(0.1));
                float[] after = net.Encoder.Parameters.Code.Weight.ToArray();
                net.Encoder.Gradients(s_x, s_code);
                net.Encoder.Apply(new Sgd(0.2));
                return [before, after, net.Parameters.Encoder.Code.Weight.ToArray()];
            }

            public static float[][] NetworksInNetworksInNetworks(Device device)
            {
                using Outermost net = Outermost.Create(new NetworkOptions { Device = device, Seed = 5 });
                net.Gradients(s_x, s_labels);
                net.Apply(new Adam(0.1));
                float[] given = net.Net.Forward(s_x), answers = new float[2 * Samples];
                float[] weight = net.Parameters.Dense1.Weight.ToArray(), bias = net.Parameters.Dense1.Bias.ToArray();
                for (int i = 0; i < answers.Length; i++)
                {
                    answers[i] = bias[i % 2];
                    for (int k = 0; k < 6; k++) answers[i] += given[(i / 2 * 6) + k] * weight[(k * 2) + (i % 2)];
                }

                return [net.Forward(s_x), answers, net.Net.Encoder.Parameters.Code.Bias.ToArray(), net.Parameters.Net.Encoder.Code.Bias.ToArray()];
            }

            public static string Lifetime(Device device)
            {
                Net net = Create(device);
                Encoder encoder = net.Encoder;
                if (!ReferenceEquals(encoder, net.Encoder)) return "another one each time";
                net.Dispose();
                try
                {
                    encoder.Forward(s_x);
                }
                catch (ObjectDisposedException)
                {
                    net.Dispose();
                    return "";
                }

                return "it lives on";
            }

            public static float[][] Files(Device device, string path)
            {
                using Net net = Create(device);
                net.Encoder.Save(path);
                using Encoder alone = Encoder.Load(path, new NetworkOptions { Device = device });
                return [net.Encoder.Forward(s_x), alone.Forward(s_x)];
            }
        }
        """;

    private static readonly TDevice On = new();
    private static readonly Lazy<LoadedNetwork> s_loaded = new(() => LoadedNetwork.Load(Source, "Networks.Net", ProjectSettings.Ordinary with { ReferencesGpu = On.NeedsGpuPrograms }));

    [DeviceFact]
    public void A_network_answers_for_its_part_of_the_whole_before_and_after_a_step_of_the_whole()
    {
        float[][] answers = Run("SameAnswers");
        for (int i = 0; i < answers.Length; i += 2) Close(answers[i], answers[i + 1]);
        Assert.NotEqual(answers[0], answers[2]);
    }

    [DeviceFact]
    public void A_network_learns_by_its_own_loss_and_the_whole_knows()
    {
        float[][] answers = Run("InnerTrains");
        Assert.NotEqual(answers[0], answers[1]);
        Close(answers[1], answers[2]);
        Assert.True(answers[3][1] < answers[3][0]);
        Assert.Equal(answers[4], answers[5]);
        Assert.Equal(answers[6], answers[7]);
        Assert.Contains(answers[6], mean => mean != 0);
    }

    [DeviceFact]
    public void What_the_whole_freezes_its_own_network_trains()
    {
        float[][] weights = Run("FrozenStays");
        Assert.Equal(weights[0], weights[1]);
        Assert.NotEqual(weights[1], weights[2]);
    }

    [DeviceFact]
    public void A_network_in_a_network_in_a_network()
    {
        float[][] answers = Run("NetworksInNetworksInNetworks");
        Close(answers[0], answers[1]);
        Assert.Equal(answers[2], answers[3]);
    }

    [DeviceFact]
    public void It_is_one_object_and_released_with_the_whole() => Assert.Equal("", s_loaded.Value.Call("Networks.Program", "Lifetime", On.Device));

    [DeviceFact]
    public void Its_file_is_that_of_the_network_alone()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            float[][] answers = (float[][])s_loaded.Value.Call("Networks.Program", "Files", On.Device, path)!;
            Assert.Equal(answers[0], answers[1]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static float[][] Run(string method) => (float[][])s_loaded.Value.Call("Networks.Program", method, On.Device)!;

    private static void Close(float[] expected, float[] actual) =>
        Numbers.AssertClose(Array.ConvertAll(expected, value => (double)value), Array.ConvertAll(actual, value => (double)value), 1e-4, "answers");
}
