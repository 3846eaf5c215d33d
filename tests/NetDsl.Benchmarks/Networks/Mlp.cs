namespace NetDsl.Benchmarks.Networks;

/// <summary>784-128-10 on numbers that need no scaling, so that every contestant computes the same.</summary>
[Network]
[Input(784)]
[Dense(128, Activation = Activation.ReLU)]
[Dense(10)]
[CrossEntropy]
public partial class Mlp;
