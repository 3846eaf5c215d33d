using NetDsl.Benchmarks.Networks;

namespace NetDsl.Benchmarks.Peers.OnnxRuntime;

/// <summary>The benchmarks' networks as ONNX models with a network's weights. They give probabilities.</summary>
internal static class OnnxNetworks
{
    private static readonly (string, long[])[] s_none = [];
    private static readonly (string, long[])[] s_transposedWeight = [("transB", [1])];

    public static byte[] Of(INetwork network)
    {
        PeerWeights weights = new(network);
        return network switch
        {
            Mlp => new OnnxModel()
                .Add("Gemm", s_transposedWeight, Dense(weights, "Dense1")).Add("Relu", s_none)
                .Add("Gemm", s_transposedWeight, Dense(weights, "Dense2")).Add("Softmax", s_none)
                .Finish([784], 10),
            Cnn => new OnnxModel()
                .Add("Conv", [("kernel_shape", [3, 3])], (weights.Filters("Conv2D1/weight"), [32, 1, 3, 3]), (weights.Of("Conv2D1/bias"), [32])).Add("Relu", s_none)
                .Add("MaxPool", [("kernel_shape", [2, 2]), ("strides", [2, 2])])
                .Add("Flatten", s_none)
                .Add("Gemm", s_transposedWeight, (weights.TransposedFromImage("Dense1/weight", 13, 13, 32), [64, 13 * 13 * 32]), (weights.Of("Dense1/bias"), [64])).Add("Relu", s_none)
                .Add("Gemm", s_transposedWeight, Dense(weights, "Dense2")).Add("Softmax", s_none)
                .Finish([1, 28, 28], 10),
            Tiny => new OnnxModel()
                .Add("Gemm", s_transposedWeight, Dense(weights, "Dense1")).Add("Sigmoid", s_none)
                .Add("Gemm", s_transposedWeight, Dense(weights, "Dense2")).Add("Sigmoid", s_none)
                .Finish([10], 1),
            _ => throw new ArgumentException($"{network.GetType().Name} is no network of the benchmarks.", nameof(network)),
        };
    }

    private static (float[] Values, long[] Shape)[] Dense(PeerWeights weights, string layer)
    {
        int[] shape = weights.ShapeOf(layer + "/weight");
        return [(weights.Transposed(layer + "/weight"), [shape[1], shape[0]]), (weights.Of(layer + "/bias"), [shape[1]])];
    }
}
