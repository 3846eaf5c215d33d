using NetDsl;

/// <summary>A digit goes through sixteen numbers and comes back.</summary>
[Network]
[Input(28, 28, 1), Rescale(1 / 255.0, Name = "pixels")]
[Flatten, Dense(256, Activation = Activation.ReLU), Dense(16, Name = "code"), Output("code")]
[Dense(256, Activation = Activation.ReLU), Dense(784, Activation = Activation.Sigmoid), Reshape(28, 28, 1, Name = "picture"), Output("picture")]
[MeanSquaredError(Target = "pixels")]
public partial class Autoencoder;
