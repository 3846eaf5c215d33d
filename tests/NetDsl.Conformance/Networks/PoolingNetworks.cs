namespace NetDsl.Conformance.Networks;

/// <summary>Pools alone, behind convolutions and behind each other.</summary>
public sealed class PoolingNetworks : INetworkFamily
{
    public static IReadOnlyList<NetworkCase> Cases { get; } =
    [
        .. Geometries("MaxPool2D"),
        .. Geometries("AveragePool2D"),
        new("Conv2D with ReLU, then MaxPool2D", "[Input(8, 9, 1), Conv2D(3, 3, Activation = Activation.ReLU), MaxPool2D(2), Flatten, Dense(3), MeanSquaredError]"),
        new("Conv2D 3 same of one channel with Tanh, then MaxPool2D", "[Input(9, 11, 1), Conv2D(19, 3, Padding = Padding.Same, Activation = Activation.Tanh), MaxPool2D(2), Conv2D(3, 2), MeanSquaredError]"),
        new("Conv2D 3 of one channel, MaxPool2D, Flatten, Dropout", "[Input(8, 8, 1), Conv2D(32, 3, Activation = Activation.LeakyReLU), MaxPool2D(2), Flatten, Dropout(0.3), Dense(3), MeanSquaredError]"),
        new("Conv2D 3 of one channel with SiLU, then MaxPool2D", "[Input(7, 8, 1), Conv2D(8, 3, UseBias = false, Activation = Activation.SiLU), MaxPool2D(2), MeanSquaredError]"),
        new("Conv2D 3 of one channel under two readers", "[Input(6, 6, 1), Conv2D(5, 3, Activation = Activation.Sigmoid, Name = \"stem\"), MaxPool2D(2, Name = \"max\"), From(\"stem\"), AveragePool2D(2), Concat(\"max\"), MeanSquaredError]"),
        new("Conv2D 3 of one channel, MaxPool2D same and of stride 3", "[Input(9, 10, 1), Conv2D(4, 3, Activation = Activation.ReLU), MaxPool2D(2, Padding = Padding.Same), MaxPool2D(2, Stride = 3), MeanSquaredError]"),
        new("Conv2D with ELU, then MaxPool2D of three channels", "[Input(8, 7, 3), Conv2D(6, 3, Activation = Activation.ELU), MaxPool2D(2), Flatten, Dense(2), MeanSquaredError]"),
        new("Conv2D with Tanh, then overlapping MaxPool2D", "[Input(7, 7, 1), Conv2D(3, 2, Activation = Activation.Tanh), MaxPool2D(3, Stride = 1), MeanSquaredError]"),
        new("Conv2D, MaxPool2D with ReLU behind it", "[Input(8, 8, 2), Conv2D(3, 3), MaxPool2D(2), Activation(Activation.ReLU), Conv2D(2, 2), MeanSquaredError]"),
        new("Conv2D with Sigmoid, then AveragePool2D", "[Input(7, 8, 2), Conv2D(3, 2, Activation = Activation.Sigmoid), AveragePool2D(2), Flatten, Dense(2), MeanSquaredError]"),
        new("Both pools of one tensor", "[Input(6, 6, 2), Conv2D(4, 1, Name = \"stem\"), MaxPool2D(2, Name = \"max\"), From(\"stem\"), AveragePool2D(2), Concat(\"max\"), MeanSquaredError]"),
        .. Globals("GlobalMaxPool2D"),
        .. Globals("GlobalAveragePool2D"),
        new("Both global pools of one tensor", "[Input(4, 5, 2), Conv2D(6, 1, Name = \"stem\"), GlobalMaxPool2D(Name = \"max\"), From(\"stem\"), GlobalAveragePool2D, Concat(\"max\"), Dense(3), MeanSquaredError]"),
        new("MaxPool2D after MaxPool2D", "[Input(9, 8, 3), Conv2D(3, 1, Activation = Activation.ReLU), MaxPool2D(2), MaxPool2D(2), MeanSquaredError]"),
        new("Adaptive pooling of equal parts", "[Input(8, 6, 3), Conv2D(4, 1), AdaptiveAveragePool2D(4, 2), Flatten, Dense(3), MeanSquaredError]"),
        new("AdaptiveAveragePool2D of parts that overlap", "[Input(7, 5, 3), Conv2D(4, 1), AdaptiveAveragePool2D(3, 2), MeanSquaredError]"),
        new("AdaptiveMaxPool2D of parts that overlap", "[Input(7, 5, 3), Conv2D(4, 1), AdaptiveMaxPool2D(2, 3), MeanSquaredError]"),
        new("AdaptiveMaxPool2D of one part and of all", "[Input(5, 4, 2), Conv2D(3, 1), AdaptiveMaxPool2D(1, 4), MeanSquaredError]"),
        new("AdaptiveMaxPool1D of parts that overlap", "[Input(7, 3), Conv1D(5, 2), AdaptiveMaxPool1D(4), MeanSquaredError]"),
        new("AdaptiveAveragePool1D of parts that overlap", "[Input(8, 3), Conv1D(5, 2), AdaptiveAveragePool1D(3), Flatten, Dense(2), MeanSquaredError]"),
        new("AdaptiveAveragePool1D of as many parts as steps, and of one", "[Input(5, 2), Dense(3), AdaptiveAveragePool1D(5), AdaptiveAveragePool1D(1), MeanSquaredError]"),
        new("Patches", "[Input(6, 4, 3), Conv2D(2, 1), Patches(2), Dense(5), MeanSquaredError]"),
        new("Patches of an input, of one pixel", "[Input(2, 3, 2), Patches(1), Dense(4), MeanSquaredError]"),
    ];

    private static IEnumerable<NetworkCase> Globals(string kind) =>
    [
        new($"{kind}", $"[Input(5, 4, 3), Conv2D(7, 2), {kind}, Dense(3), MeanSquaredError]"),
        new($"{kind} of one pixel", $"[Input(1, 1, 2), Conv2D(3, 1), {kind}, MeanSquaredError]"),
        new($"{kind} of one row", $"[Input(1, 9, 1), Conv2D(1, 1), {kind}, MeanSquaredError]"),
        new($"{kind} of 33 channels behind ReLU", $"[Input(6, 7, 2), Conv2D(33, 3, Activation = Activation.ReLU), {kind}, Dense(2), MeanSquaredError]"),
        new($"{kind} with an activation behind it", $"[Input(5, 5, 2), Conv2D(16, 2), {kind}, Activation(Activation.SiLU), MeanSquaredError]"),
        new($"{kind} of the input", $"[Input(4, 3, 5), {kind}, Dense(2), MeanSquaredError]"),
    ];

    private static IEnumerable<NetworkCase> Geometries(string kind)
    {
        foreach (var (what, shape, arguments) in new[]
        {
            ("2 of even extents", "4, 6, 3", "2"),
            ("2 of odd extents", "5, 7, 3", "2"),
            ("1", "3, 4, 2", "1"),
            ("of one pixel", "1, 1, 1", "1"),
            ("over the whole image", "5, 5, 2", "5"),
            ("3 overlapping, stride 1", "5, 6, 2", "3, Stride = 1"),
            ("3 overlapping, stride 2", "7, 8, 2", "3, Stride = 2"),
            ("2 with stride 3", "8, 7, 2", "2, Stride = 3"),
            ("2 same", "5, 7, 2", "2, Padding = Padding.Same"),
            ("3 same, stride 2", "6, 7, 2", "3, Stride = 2, Padding = Padding.Same"),
            ("3 with pad 1, stride 2", "6, 5, 2", "3, Stride = 2, Pad = 1"),
            ("of 17 channels", "4, 4, 17", "2"),
            ("of 32 channels", "4, 4, 32", "2"),
        })
        {
            // The loss of a layer that has no parameter of its own would train nothing.
            yield return new NetworkCase($"{kind} {what}", $"[Input({shape}), Conv2D({shape.Split(", ")[2]}, 1), {kind}({arguments}), MeanSquaredError]");
        }
    }
}
