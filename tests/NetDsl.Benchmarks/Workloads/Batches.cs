namespace NetDsl.Benchmarks.Workloads;

/// <summary>Samples that every contestant of a pair goes through in the same order, batch after batch and from the start again.</summary>
/// <param name="Inputs">Numbers, sample after sample.</param>
/// <param name="InputElements">Numbers of a sample.</param>
/// <param name="Labels">A class for each sample; empty where there are targets.</param>
/// <param name="Targets">A number for each sample; empty where there are labels.</param>
/// <param name="Size">Samples of a batch.</param>
internal sealed record Batches(float[] Inputs, int InputElements, int[] Labels, float[] Targets, int Size)
{
    /// <summary>Whole batches.</summary>
    public int Count => Inputs.Length / InputElements / Size;

    /// <summary>Inputs of a batch.</summary>
    public ReadOnlySpan<float> InputsOf(int batch) => Inputs.AsSpan(batch * Size * InputElements, Size * InputElements);

    /// <summary>Labels of a batch.</summary>
    public ReadOnlySpan<int> LabelsOf(int batch) => Labels.AsSpan(batch * Size, Size);

    /// <summary>Targets of a batch.</summary>
    public ReadOnlySpan<float> TargetsOf(int batch) => Targets.AsSpan(batch * Size, Size);

    /// <summary>Pixels of MNIST, 0 to 1, with their digits.</summary>
    public static Batches Digits(int size)
    {
        const int Samples = 4096;
        DataSet data = Mnist.Load().Train.Take(Samples);
        float[] pixels = Array.ConvertAll(data.Columns[0].Values<byte>().ToArray(), pixel => pixel / 255f);
        return new Batches(pixels, pixels.Length / Samples, Array.ConvertAll(data.Columns[1].Values<byte>().ToArray(), label => (int)label), [], size);
    }

    /// <summary>Rows of ten numbers with an answer, 0 or 1, that a plane through the numbers decides.</summary>
    public static Batches Rows(int size)
    {
        const int Samples = 4096, Numbers = 10;
        Random random = new(1);
        float[] inputs = new float[Samples * Numbers], targets = new float[Samples];
        for (int i = 0; i < inputs.Length; i++) inputs[i] = (2 * random.NextSingle()) - 1;
        for (int i = 0; i < Samples; i++)
        {
            float side = 0;
            for (int k = 0; k < Numbers; k++) side += (k - 4) * inputs[(i * Numbers) + k];
            targets[i] = side > 0 ? 1 : 0;
        }

        return new Batches(inputs, Numbers, [], targets, size);
    }
}
