using NetDsl;

/// <summary>The two networks, trained in turn (Goodfellow et al. 2014).</summary>
internal sealed class Duel(Generator generator, Discriminator discriminator, int batch, Random random)
{
    private const int Pixels = 28 * 28;

    // A discriminator that need not be certain leaves a gradient for the generator (Salimans et al. 2016).
    private const float Real = 0.9f;

    private readonly Adam _generatorAdam = new(0.0002) { Beta1 = 0.5 }, _discriminatorAdam = new(0.0002) { Beta1 = 0.5 };
    private readonly float[] _noise = new float[batch * Generator.Noise];
    private readonly float[] _pictures = new float[2 * batch * Pixels];
    private readonly float[] _answers = new float[2 * batch];
    private readonly float[] _logitGradient = new float[batch], _pictureGradient = new float[batch * Pixels];

    /// <summary>A step of each network.</summary>
    /// <param name="images">A batch of real pictures, pixels from 0 to 1.</param>
    /// <returns>Binary cross-entropy of the discriminator on real and made pictures, and of the made ones called real.</returns>
    public (float Discriminator, float Generator) Step(ReadOnlySpan<float> images)
    {
        Span<float> made = _pictures.AsSpan(batch * Pixels);
        Fill(_noise, random);

        // The discriminator on half real, half made.
        images.CopyTo(_pictures);
        generator.Forward(_noise, made);
        _answers.AsSpan(0, batch).Fill(Real);
        _answers.AsSpan(batch).Clear();
        float discriminatorLoss = discriminator.Gradients(_pictures, _answers);
        discriminator.Apply(_discriminatorAdam);

        // The generator towards pictures that are called real: its loss is -log sigmoid(z), and by z that is sigmoid(z) - 1.
        discriminator.Forward(made, _logitGradient);
        float generatorLoss = 0;
        for (int i = 0; i < batch; i++)
        {
            float z = _logitGradient[i];
            generatorLoss += MathF.Log(1 + MathF.Exp(-z)) / batch;
            _logitGradient[i] = ((1 / (1 + MathF.Exp(-z))) - 1) / batch;
        }

        discriminator.Backward(made, _logitGradient, _pictureGradient);
        generator.Backward(_noise, _pictureGradient);
        generator.Apply(_generatorAdam);
        return (discriminatorLoss, generatorLoss);
    }

    /// <summary>Numbers of the standard normal distribution, by Box and Muller.</summary>
    public static void Fill(Span<float> noise, Random random)
    {
        for (int i = 0; i < noise.Length; i++)
            noise[i] = MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
    }
}
