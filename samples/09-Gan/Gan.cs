using NetDsl;

/// <summary>The two networks in one, trained in turn (Goodfellow et al. 2014). What it learns itself is that made pictures be called real; the discriminator is as it is, so that the generator alone learns.</summary>
[Network]
[Input(Generator.Noise)]
[Block<Generator>, Block<Discriminator>(Trainable = false)]
[BinaryCrossEntropy]
public partial class Gan;
