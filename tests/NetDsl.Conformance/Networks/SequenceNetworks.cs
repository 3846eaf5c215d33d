namespace NetDsl.Conformance.Networks;

/// <summary>Layers along time.</summary>
public sealed class SequenceNetworks : INetworkFamily
{
    public static IReadOnlyList<NetworkCase> Cases { get; } =
    [
        new("Conv1D", "[Input(9, 3), Conv1D(5, 3, Activation = Activation.ReLU), Flatten, Dense(2), MeanSquaredError]"),
        new("Conv1D same, stride 2", "[Input(9, 2), Conv1D(7, 4, Padding = Padding.Same, Stride = 2), MeanSquaredError]"),
        new("Conv1D causal with dilation", "[Input(8, 2), Conv1D(3, 3, Causal = true, Dilation = 2, Activation = Activation.Tanh), Conv1D(2, 2, Causal = true), MeanSquaredError]"),
        new("Conv1D with pad, without bias", "[Input(5, 4), Conv1D(33, 3, Pad = 1, UseBias = false), MeanSquaredError]"),
        new("Conv1D of one step", "[Input(1, 4), Conv1D(3, 1), MeanSquaredError]"),
        new("Conv1D of one feature", "[Input(11, 1), Conv1D(4, 5), MeanSquaredError]"),
        new("MaxPool1D", "[Input(9, 3), Conv1D(5, 2, Activation = Activation.ReLU), MaxPool1D(2), Flatten, Dense(2), MeanSquaredError]"),
        new("MaxPool1D 3 same, stride 1", "[Input(7, 3), MaxPool1D(3, Stride = 1, Padding = Padding.Same), Dense(2), MeanSquaredError]"),
        new("AveragePool1D", "[Input(9, 3), Conv1D(4, 2), AveragePool1D(3, Pad = 1), MeanSquaredError]"),
        new("GlobalMaxPool1D", "[Input(7, 3), Conv1D(17, 2, Activation = Activation.ReLU), GlobalMaxPool1D, Dense(2), MeanSquaredError]"),
        new("GlobalAveragePool1D", "[Input(7, 3), Dense(6), GlobalAveragePool1D, Dense(2), MeanSquaredError]"),
    ];
}
