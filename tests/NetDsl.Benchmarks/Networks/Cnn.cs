namespace NetDsl.Benchmarks.Networks;

/// <summary>The sample's network for MNIST, on numbers that need no scaling.</summary>
[Network]
[Input(28, 28, 1)]
[Conv2D(32, 3, Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Flatten]
[Dense(64, Activation = Activation.ReLU)]
[Dense(10)]
[CrossEntropy]
public partial class Cnn;
