namespace NetDsl.Conformance.Networks;

/// <summary>Layers and blocks that share weights.</summary>
public sealed class SharingNetworks : INetworkFamily
{
    private const string Tower =
        """
        [Block]
        [Dense(Width, Activation = Activation.Tanh), Dense(5)]
        internal partial class Tower { const int Width = 9; }
        """;

    public static IReadOnlyList<NetworkCase> Cases { get; } =
    [
        new("Dense with another's weights", "[Input(6), Dense(6, Name = \"a\", Activation = Activation.Tanh), Dense(6, WeightsOf = \"a\"), Dense(2), MeanSquaredError]"),
        new("Dense with another's weights, three times", "[Input(4), Dense(4, Name = \"a\"), Dense(4, WeightsOf = \"a\", Name = \"b\", Activation = Activation.ReLU), Dense(4, WeightsOf = \"b\"), MeanSquaredError]"),
        new("Conv2D with another's weights", "[Input(6, 6, 2), Conv2D(2, 3, Pad = 1, Name = \"a\", Activation = Activation.Tanh), Conv2D(2, 3, Pad = 1, WeightsOf = \"a\"), MeanSquaredError]"),
        new("LSTM with another's weights", "[Input(4, 3), LSTM(3, Name = \"a\", ReturnSequences = true), LSTM(3, WeightsOf = \"a\"), MeanSquaredError]"),
        new("Output tied to the embedding", "[TokenInput(5, 11), Embedding(6, Name = \"tokens\"), Dense(6, Activation = Activation.Tanh), Dense(11, WeightsOf = \"tokens\"), CrossEntropy]"),
        new("Output tied to the embedding, without bias", "[TokenInput(5, 11), Embedding(6, Name = \"tokens\"), Dense(11, WeightsOf = \"tokens\", UseBias = false), CrossEntropy]"),
        new("Two embeddings of one table", "[TokenInput(3, 7, Name = \"x\"), Embedding(4, Name = \"table\"), GlobalAveragePool1D(Name = \"left\"), TokenInput(5, 7, Name = \"y\"), Embedding(4, WeightsOf = \"table\"), GlobalAveragePool1D, Subtract(\"left\"), Dense(1), BinaryCrossEntropy]"),
        new("Siamese towers", "[Input(6, Name = \"x\"), Block<Tower>(7, Name = \"left\"), Input(6, Name = \"y\"), Block<Tower>(7, WeightsOf = \"left\"), Dot(\"left\", Normalize = true), MeanSquaredError]", Tower),
        new("Repeated residuals with another's weights", "[Input(5), Residual<Tower>(Repeat = 2, Name = \"a\"), Residual<Tower>(Repeat = 2, WeightsOf = \"a\"), MeanSquaredError]", Tower),
        new("A frozen layer's weights", "[Input(6), Dense(6, Name = \"a\", Trainable = false), Dense(6, WeightsOf = \"a\"), Dense(2), MeanSquaredError]"),
    ];
}
