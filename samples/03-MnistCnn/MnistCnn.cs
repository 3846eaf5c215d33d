using NetDsl;

/// <summary>A small convolutional network that reads handwritten digits.</summary>
[Network]
[Input(28, 28, 1), Rescale(1 / 255.0)]
[Conv2D(32, 3, Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Flatten]
[Dense(64, Activation = Activation.ReLU)]
[Dense(10)]
[CrossEntropy]
public partial class MnistCnn;
