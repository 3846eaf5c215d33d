using NetDsl;

/// <summary>Makes a digit of 64 random numbers.</summary>
/// <remarks>GroupNorm and not BatchNorm: a picture must not depend on the batch that it is made in, nor on whether the network is training.</remarks>
[Network]
[Input(Noise)]
[Dense(7 * 7 * 32), Reshape(7, 7, 32), GroupNorm(4, Activation = Activation.ReLU)]
[ConvTranspose2D(32, 4, Stride = 2, Pad = 1), GroupNorm(4, Activation = Activation.ReLU)]
[ConvTranspose2D(1, 4, Stride = 2, Pad = 1, Activation = Activation.Sigmoid)]
public partial class Generator
{
    /// <summary>Numbers that a picture is made of.</summary>
    public const int Noise = 64;
}
