using NetDsl;

/// <summary>Tells a real digit from a made one: a logit above 0 for real.</summary>
[Network]
[Input(28, 28, 1)]
[Conv2D(32, 4, Stride = 2, Pad = 1, Activation = Activation.LeakyReLU)]
[Conv2D(64, 4, Stride = 2, Pad = 1, Activation = Activation.LeakyReLU)]
[Flatten, Dropout(0.3), Dense(1)]
[BinaryCrossEntropy]
public partial class Discriminator;
