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
        new("Embedding", "[TokenInput(7, 11), Embedding(5), Flatten, Dense(3), MeanSquaredError]"),
        new("Embedding of one token", "[TokenInput(1, 3), Embedding(17), Dense(2), MeanSquaredError]"),
        new("Embedding of a large vocabulary", "[TokenInput(5, 1031), Embedding(8), GlobalAveragePool1D, Dense(2), CrossEntropy]"),
        new("Embedding of one number, frozen", "[TokenInput(6, 4), Embedding(1, Trainable = false), Flatten, Dense(2), MeanSquaredError]"),
        new("Embedding of many tokens", "[TokenInput(67, 7), Embedding(9), GlobalAveragePool1D, Dense(2), MeanSquaredError]"),
        new("Embedding of many tokens of a large vocabulary", "[TokenInput(67, 1031), Embedding(3), GlobalAveragePool1D, Dense(2), MeanSquaredError]"),
        new("Embedding of many features", "[TokenInput(3, 5), Embedding(1030), GlobalAveragePool1D, Dense(2), MeanSquaredError]"),
        new("Two embeddings of the same tokens", "[TokenInput(5, 9, Name = \"words\"), Embedding(4, Name = \"a\"), From(\"words\"), Embedding(4), Add(\"a\"), Conv1D(3, 2), MeanSquaredError]"),
        new("Tokens and numbers", "[Input(3, Name = \"x\"), Dense(4, Name = \"numbers\"), TokenInput(2, 5, Name = \"t\"), Embedding(4), GlobalMaxPool1D, Concat(\"numbers\"), Dense(1), BinaryCrossEntropy]"),
        new("MaxPool1D", "[Input(9, 3), Conv1D(5, 2, Activation = Activation.ReLU), MaxPool1D(2), Flatten, Dense(2), MeanSquaredError]"),
        new("MaxPool1D 3 same, stride 1", "[Input(7, 3), MaxPool1D(3, Stride = 1, Padding = Padding.Same), Dense(2), MeanSquaredError]"),
        new("AveragePool1D", "[Input(9, 3), Conv1D(4, 2), AveragePool1D(3, Pad = 1), MeanSquaredError]"),
        new("GlobalMaxPool1D", "[Input(7, 3), Conv1D(17, 2, Activation = Activation.ReLU), GlobalMaxPool1D, Dense(2), MeanSquaredError]"),
        new("GlobalAveragePool1D", "[Input(7, 3), Dense(6), GlobalAveragePool1D, Dense(2), MeanSquaredError]"),
    ];
}
