using NetDsl.Networks;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>Predictions of whole samples, as the generated <c>Predict</c> takes them.</summary>
internal delegate void Prediction(ReadOnlySpan<byte> images, Span<float> probabilities);

/// <summary>A network of the samples, ready to be timed.</summary>
internal sealed class SampleNetwork : IDisposable
{
    private SampleNetwork(INetwork network, Prediction predict) => (Network, Predict) = (network, predict);

    /// <summary>The networks by name, each made on a device from a seed.</summary>
    public static IReadOnlyList<(string Name, Func<Device, SampleNetwork> Create)> All { get; } =
    [
        (nameof(MnistMlp), static device =>
        {
            MnistMlp network = MnistMlp.Create(new NetworkOptions { Device = device, Seed = 1 });
            return new SampleNetwork(network, network.Predict);
        }),
        (nameof(MnistCnn), static device =>
        {
            MnistCnn network = MnistCnn.Create(new NetworkOptions { Device = device, Seed = 1 });
            return new SampleNetwork(network, network.Predict);
        }),
    ];

    public INetwork Network { get; }

    public Prediction Predict { get; }

    public NetworkInfo Info => Network.Runtime.Info;

    public void Dispose() => Network.Dispose();
}
