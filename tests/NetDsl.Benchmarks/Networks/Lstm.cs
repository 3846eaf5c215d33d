namespace NetDsl.Benchmarks.Networks;

/// <summary>1000-32-64-1 over 10 tokens: an embedding, an LSTM, one answer.</summary>
[Network]
[TokenInput(10, 1000), Embedding(32)]
[LSTM(64)]
[Dense(1, Activation = Activation.Sigmoid)]
[BinaryCrossEntropy]
public partial class Lstm10;

/// <summary>The same over 100 tokens.</summary>
[Network]
[TokenInput(100, 1000), Embedding(32)]
[LSTM(64)]
[Dense(1, Activation = Activation.Sigmoid)]
[BinaryCrossEntropy]
public partial class Lstm100;
