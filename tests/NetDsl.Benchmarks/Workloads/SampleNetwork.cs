using NetDsl.Benchmarks.Networks;
using NetDsl.Networks;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>The predictions of neighbouring samples, as the generated <c>Predict</c> gives them.</summary>
internal delegate void Prediction(int first, int count, Span<float> answers);

/// <summary>A network with the samples that it works on, ready to be timed.</summary>
internal sealed class SampleNetwork : IDisposable
{
    private SampleNetwork(INetwork network, Samples samples, Prediction predict) => (Network, Samples, Predict) = (network, samples, predict);

    /// <summary>The networks by name, each made on a device from a seed.</summary>
    public static IReadOnlyList<(string Name, Func<Device, SampleNetwork> Create)> All { get; } =
    [
        (nameof(MnistMlp), static device =>
        {
            MnistMlp network = MnistMlp.Create(On(device));
            return new(network, Samples.Digits, (first, count, answers) => network.Predict(Samples.Digits.InputsOf<byte>(first, count), answers));
        }),
        (nameof(MnistCnn), static device =>
        {
            MnistCnn network = MnistCnn.Create(On(device));
            return new(network, Samples.Digits, (first, count, answers) => network.Predict(Samples.Digits.InputsOf<byte>(first, count), answers));
        }),
        (nameof(Lstm100), static device =>
        {
            Lstm100 network = Lstm100.Create(On(device));
            return new(network, Samples.Words, (first, count, answers) => network.Predict(Samples.Words.InputsOf<int>(first, count), answers));
        }),
        (nameof(Gpt), static device =>
        {
            Gpt network = Gpt.Create(On(device));
            return new(network, Samples.Characters, (first, count, answers) => network.Predict(Samples.Characters.InputsOf<int>(first, count), answers));
        }),
    ];

    public INetwork Network { get; }

    public Samples Samples { get; }

    public Prediction Predict { get; }

    public NetworkInfo Info => Network.Runtime.Info;

    public void Dispose() => Network.Dispose();

    private static NetworkOptions On(Device device) => new() { Device = device, Seed = 1 };
}
