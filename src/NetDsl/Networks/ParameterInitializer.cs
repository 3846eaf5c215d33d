namespace NetDsl.Networks;

/// <summary>First values of tensors, by Keras's formulas; the same for the same seed and path.</summary>
internal static class ParameterInitializer
{
    /// <summary>The deviation of a standard normal cut off at ±2, by which Keras divides to give the cut one the deviation asked for.</summary>
    private const double CutDeviation = 0.87962566103423978;

    /// <summary>Fills a tensor.</summary>
    public static void Fill(ParameterTensor tensor, long seed, Span<float> values)
    {
        double fanIn = Math.Max(1, tensor.FanIn);
        double fanMean = Math.Max(1, (tensor.FanIn + tensor.FanOut) / 2.0);
        switch (tensor.Initializer)
        {
            case Initializer.Zeros:
                values.Clear();
                break;
            case Initializer.Ones:
                values.Fill(1);
                break;
            case Initializer.Orthogonal:
                OrthogonalMatrix.Fill(tensor, seed, values);
                break;
            case Initializer.ForgetOnes:
                values.Clear();
                values.Slice(values.Length / 4, values.Length / 4).Fill(1);
                break;
            case Initializer.Sinusoidal:
                PositionTables.FillSinusoidal(tensor, values);
                break;
            case Initializer.RotaryCosine or Initializer.RotarySine:
                PositionTables.FillRotary(tensor, values);
                break;
            case Initializer.Constant:
                values.Fill(tensor.Value);
                break;
            case Initializer.GlorotUniform:
                Uniform(tensor, seed, values, Math.Sqrt(3 / fanMean));
                break;
            case Initializer.HeUniform:
                Uniform(tensor, seed, values, Math.Sqrt(6 / fanIn));
                break;
            case Initializer.LecunUniform:
                Uniform(tensor, seed, values, Math.Sqrt(3 / fanIn));
                break;
            case Initializer.RandomUniform:
                Uniform(tensor, seed, values, 0.05);
                break;
            case Initializer.GlorotNormal:
                CutNormal(tensor, seed, values, Math.Sqrt(1 / fanMean) / CutDeviation);
                break;
            case Initializer.HeNormal:
                CutNormal(tensor, seed, values, Math.Sqrt(2 / fanIn) / CutDeviation);
                break;
            case Initializer.LecunNormal:
                CutNormal(tensor, seed, values, Math.Sqrt(1 / fanIn) / CutDeviation);
                break;
            case Initializer.TruncatedNormal:
                CutNormal(tensor, seed, values, 0.05);
                break;
            case Initializer.RandomNormal:
                RandomStream random = new(seed, tensor.Path);
                foreach (ref float value in values) value = (float)(0.05 * random.NextNormal());
                break;
            default:
                throw new InvalidOperationException($"The tensor {tensor.Path} has no initialiser: {tensor.Initializer} was to be resolved by the compiler.");
        }
    }

    private static void Uniform(ParameterTensor tensor, long seed, Span<float> values, double limit)
    {
        RandomStream random = new(seed, tensor.Path);
        foreach (ref float value in values) value = (float)(limit * ((2 * random.NextDouble()) - 1));
    }

    private static void CutNormal(ParameterTensor tensor, long seed, Span<float> values, double deviation)
    {
        RandomStream random = new(seed, tensor.Path);
        foreach (ref float value in values)
        {
            double normal;
            do normal = random.NextNormal();
            while (Math.Abs(normal) > 2);
            value = (float)(deviation * normal);
        }
    }
}
