namespace NetDsl.Conformance.Networks;

/// <summary>Convolutions over every kind of geometry.</summary>
public sealed class ConvolutionNetworks : INetworkFamily
{
    public static IReadOnlyList<NetworkCase> Cases { get; } =
    [
        new("Conv2D with GELU, then with ELU", "[Input(6, 5, 2), Conv2D(3, 2, Activation = Activation.GELU), Conv2D(4, 2, Activation = Activation.ELU), Flatten, Dense(3), MeanSquaredError]"),
        new("Conv2D of one row, stride 2", "[Input(1, 6, 3), Conv2D(2, 3, Stride = 2, Pad = 1), MeanSquaredError]"),
        new("Conv2D of one column, stride 3, behind another", "[Input(6, 1, 2), Conv2D(3, 1), Conv2D(2, 3, Stride = 3, Pad = 1), MeanSquaredError]"),
        new("Conv2D 3x3 valid", "[Input(6, 6, 1), Conv2D(4, 3, Activation = Activation.ReLU), MeanSquaredError]"),
        new("Conv2D of one pixel", "[Input(1, 1, 1), Conv2D(1, 1), MeanSquaredError]"),
        new("Conv2D 1x1 of many channels", "[Input(3, 5, 17), Conv2D(19, 1, Activation = Activation.Tanh), MeanSquaredError]"),
        new("Conv2D whose window is the image", "[Input(5, 4, 3), Conv2D(7, 5, 4), MeanSquaredError]"),
        new("Conv2D with prime extents", "[Input(7, 11, 3), Conv2D(5, 3, 2), Conv2D(2, 2, 3), MeanSquaredError]"),
        new("Conv2D same, even kernel", "[Input(6, 5, 2), Conv2D(3, 2, Padding = Padding.Same, Activation = Activation.ReLU), MeanSquaredError]"),
        new("Conv2D same, odd kernel", "[Input(5, 6, 2), Conv2D(3, 3, Padding = Padding.Same), MeanSquaredError]"),
        new("Conv2D same, stride 2", "[Input(6, 7, 2), Conv2D(3, 3, Stride = 2, Padding = Padding.Same), MeanSquaredError]"),
        new("Conv2D same, stride 3, kernel 2", "[Input(7, 8, 2), Conv2D(3, 2, Stride = 3, Padding = Padding.Same), MeanSquaredError]"),
        new("Conv2D same, dilation 2", "[Input(6, 7, 2), Conv2D(3, 3, Dilation = 2, Padding = Padding.Same), MeanSquaredError]"),
        new("Conv2D pad 1", "[Input(4, 5, 3), Conv2D(4, 3, Pad = 1, Activation = Activation.LeakyReLU), MeanSquaredError]"),
        new("Conv2D pad 2, stride 2", "[Input(5, 6, 3), Conv2D(4, 3, Pad = 2, Stride = 2), MeanSquaredError]"),
        new("Conv2D pad beyond the kernel", "[Input(3, 3, 1), Conv2D(2, 2, Pad = 3), MeanSquaredError]"),
        new("Conv2D stride 2, rows that no window reaches", "[Input(6, 8, 2), Conv2D(3, 3, Stride = 2, Activation = Activation.ReLU), MeanSquaredError]"),
        new("Conv2D stride beyond the kernel", "[Input(8, 7, 2), Conv2D(3, 2, Stride = 3), MeanSquaredError]"),
        new("Conv2D dilation 2", "[Input(7, 8, 2), Conv2D(3, 3, Dilation = 2), MeanSquaredError]"),
        new("Conv2D dilation 3, pad 2, stride 2", "[Input(9, 10, 2), Conv2D(3, 3, 2, Dilation = 3, Pad = 2, Stride = 2), MeanSquaredError]"),
        new("Conv2D without bias", "[Input(5, 5, 2), Conv2D(3, 3, UseBias = false, Activation = Activation.ReLU), Conv2D(2, 2, UseBias = false), MeanSquaredError]"),
        new("Conv2D frozen", "[Input(5, 5, 2), Conv2D(3, 2, Trainable = false, Activation = Activation.Tanh), Conv2D(2, 2), MeanSquaredError]"),
        new("Conv2D one row", "[Input(1, 9, 2), Conv2D(3, 1, 3, Activation = Activation.Tanh), MeanSquaredError]"),
        new("Conv2D one column", "[Input(9, 1, 2), Conv2D(3, 3, 1, Activation = Activation.Tanh), MeanSquaredError]"),
        new("Conv2D to 33 filters", "[Input(5, 6, 1), Conv2D(33, 3, Activation = Activation.ReLU), MeanSquaredError]"),
        new("Conv2D from 32 channels to 64 filters", "[Input(4, 5, 32), Conv2D(64, 3, Activation = Activation.ReLU), MeanSquaredError]"),
        new("Conv2D with Softmax over channels", "[Input(3, 3, 2), Conv2D(5, 2, Activation = Activation.Softmax), MeanSquaredError]"),
        new("Conv2D, then Flatten and Dense", "[Input(6, 5, 2), Conv2D(3, 3, Activation = Activation.ReLU), Flatten, Dense(4), MeanSquaredError]"),
        new("Three convolutions", "[Input(9, 9, 1), Conv2D(4, 3, Activation = Activation.ReLU), Conv2D(5, 3, Stride = 2, Activation = Activation.Tanh), Conv2D(6, 2), MeanSquaredError]"),
    ];
}
