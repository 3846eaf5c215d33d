using NetDsl;

/// <summary>The two halves of a step.</summary>
internal sealed class Duel(Gan gan, int batch, Random random)
{
    private const int Pixels = 28 * 28;

    // A discriminator that need not be certain leaves a gradient for the generator (Salimans et al. 2016).
    private const float Real = 0.9f;

    private readonly Adam _generatorAdam = new(0.0002) { Beta1 = 0.5 }, _discriminatorAdam = new(0.0002) { Beta1 = 0.5 };
    private readonly float[] _noise = new float[batch * Generator.Noise];
    private readonly float[] _pictures = new float[2 * batch * Pixels];
    private readonly float[] _answers = [.. Enumerable.Repeat(Real, batch), .. new float[batch]], _ones = [.. Enumerable.Repeat(1f, batch)];

    /// <summary>A step of each network.</summary>
    /// <param name="images">A batch of real pictures, pixels from 0 to 1.</param>
    /// <returns>Binary cross-entropy of the discriminator on real and made pictures, and of the made ones called real.</returns>
    public (float Discriminator, float Generator) Step(ReadOnlySpan<float> images)
    {
        Fill(_noise, random);

        // The discriminator on half real, half made.
        images.CopyTo(_pictures);
        gan.Generator.Forward(_noise, _pictures.AsSpan(batch * Pixels));
        float discriminatorLoss = gan.Discriminator.Gradients(_pictures, _answers);
        gan.Discriminator.Apply(_discriminatorAdam);

        // The generator towards pictures that are called real.
        float generatorLoss = gan.Gradients(_noise, _ones);
        gan.Apply(_generatorAdam);
        return (discriminatorLoss, generatorLoss);
    }

    /// <summary>Numbers of the standard normal distribution, by Box and Muller.</summary>
    public static void Fill(Span<float> noise, Random random)
    {
        for (int i = 0; i < noise.Length; i++)
            noise[i] = MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
    }
}
