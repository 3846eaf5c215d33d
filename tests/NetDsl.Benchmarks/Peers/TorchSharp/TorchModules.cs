using NetDsl.Benchmarks.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NetDsl.Benchmarks.Peers.TorchSharp;

/// <summary>The benchmarks' networks as TorchSharp's users write them, with a network's weights. They give logits.</summary>
internal static class TorchModules
{
    public static Module<Tensor, Tensor> Of(INetwork network)
    {
        PeerWeights weights = new(network);
        Module<Tensor, Tensor> module = network switch
        {
            Mlp => Sequential(
                ("dense1", Filled(Linear(784, 128), weights, "Dense1")),
                ("relu1", ReLU()),
                ("dense2", Filled(Linear(128, 10), weights, "Dense2"))),
            Cnn => Sequential(
                ("conv1", Filled(Conv2d(1, 32, 3), weights, "Conv2D1")),
                ("relu1", ReLU()),
                ("pool1", MaxPool2d(2)),
                ("flatten", Flatten()),
                ("dense1", Filled(Linear(13 * 13 * 32, 64), weights.TransposedFromImage("Dense1/weight", 13, 13, 32), weights.Of("Dense1/bias"))),
                ("relu2", ReLU()),
                ("dense2", Filled(Linear(64, 10), weights, "Dense2"))),
            Tiny => Sequential(
                ("dense1", Filled(Linear(10, 50), weights, "Dense1")),
                ("sigmoid1", Sigmoid()),
                ("dense2", Filled(Linear(50, 1), weights, "Dense2"))),
            Lstm10 or Lstm100 => new TorchLstm(weights),
            Gpt => new TorchGpt(weights),
            _ => throw new ArgumentException($"{network.GetType().Name} is no network of the benchmarks.", nameof(network)),
        };
        return module;
    }

    public static Linear Filled(Linear linear, PeerWeights weights, string layer) =>
        Filled(linear, weights.Transposed(layer + "/weight"), weights.Of(layer + "/bias"));

    public static Linear Filled(Linear linear, float[] weight, float[] bias)
    {
        Fill(linear.weight!, weight);
        Fill(linear.bias!, bias);
        return linear;
    }

    private static Conv2d Filled(Conv2d convolution, PeerWeights weights, string layer)
    {
        Fill(convolution.weight!, weights.Filters(layer + "/weight"));
        Fill(convolution.bias!, weights.Of(layer + "/bias"));
        return convolution;
    }

    public static void Fill(Tensor parameter, float[] values)
    {
        using var _ = no_grad();
        using Tensor source = tensor(values, parameter.shape);
        parameter.copy_(source);
    }
}
