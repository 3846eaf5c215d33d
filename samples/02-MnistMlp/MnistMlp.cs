using NetDsl;

/// <summary>784-128-10: one hidden layer on the pixels of a digit.</summary>
[Network]
[Input(28, 28, 1), Rescale(1 / 255.0)]
[Flatten]
[Dense(128, Activation = Activation.ReLU)]
[Dense(10)]
[CrossEntropy]
public partial class MnistMlp;
