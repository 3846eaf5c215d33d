namespace NetDsl.Benchmarks.Networks;

/// <summary>10-50-1: a row of a table, one answer.</summary>
[Network]
[Input(10)]
[Dense(50, Activation = Activation.Sigmoid)]
[Dense(1, Activation = Activation.Sigmoid)]
[BinaryCrossEntropy]
public partial class Tiny;
