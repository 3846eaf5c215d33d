namespace NetDsl.Conformance.Networks;

/// <summary>Recurrent layers: last and all steps, both directions, one on the other.</summary>
public sealed class RecurrentNetworks : INetworkFamily
{
    public static IReadOnlyList<NetworkCase> Cases { get; } =
    [
        .. Cells("SimpleRNN"),
        .. Cells("LSTM"),
        .. Cells("GRU"),
        new("LSTM on GRU on SimpleRNN", "[Input(6, 3), SimpleRNN(5, ReturnSequences = true), GRU(4, ReturnSequences = true), LSTM(7), Dense(2), MeanSquaredError]"),
        new("LSTM of 27 units", "[Input(3, 2), LSTM(27), Dense(2), MeanSquaredError]"),
        new("SimpleRNN of 8 units and GRU of 24", "[Input(3, 2), SimpleRNN(8, ReturnSequences = true), GRU(24), Dense(2), MeanSquaredError]"),
        new("GRU of more sums than a group has items", "[Input(2, 3), GRU(173), Dense(2), MeanSquaredError]"),
        new("LSTM of tokens", "[TokenInput(9, 17), Embedding(6), LSTM(8), Dense(1), BinaryCrossEntropy]"),
        new("LSTM with given initialisers", "[Input(4, 3), LSTM(5, KernelInitializer = Initializer.HeNormal, RecurrentInitializer = Initializer.RandomNormal), MeanSquaredError]"),
    ];

    private static IEnumerable<NetworkCase> Cells(string kind) =>
    [
        new($"{kind}", $"[Input(5, 3), {kind}(7), Dense(2), MeanSquaredError]"),
        new($"{kind}, all steps", $"[Input(6, 4), {kind}(16, ReturnSequences = true), Dense(3), MeanSquaredError]"),
        new($"{kind} of one step and one unit", $"[Input(1, 2), {kind}(1), MeanSquaredError]"),
        new($"{kind}, both directions", $"[Input(5, 3), {kind}(6, Bidirectional = true), Dense(2), MeanSquaredError]"),
        new($"{kind}, both directions, all steps", $"[Input(4, 3), {kind}(5, Bidirectional = true, ReturnSequences = true), Dense(2), MeanSquaredError]"),
        new($"{kind} without bias", $"[Input(5, 3), {kind}(9, UseBias = false), MeanSquaredError]"),
        new($"{kind}, frozen", $"[Input(5, 3), Dense(4), {kind}(6, Trainable = false), Dense(2), MeanSquaredError]"),
        new($"{kind} of 33 units", $"[Input(12, 2), {kind}(33), Dense(2), MeanSquaredError]"),
    ];
}
