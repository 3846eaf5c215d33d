namespace NetDsl.Benchmarks.Workloads;

/// <summary>Samples that every contestant of a pair goes through in the same order, batch after batch and from the start again.</summary>
/// <param name="Inputs">Numbers, sample after sample.</param>
/// <param name="InputElements">Numbers of a sample.</param>
/// <param name="Labels">A class for each sample; empty where there are targets.</param>
/// <param name="Targets">A number for each sample; empty where there are labels.</param>
/// <param name="Size">Samples of a batch.</param>
internal sealed record Batches(float[] Inputs, int InputElements, int[] Labels, float[] Targets, int Size)
{
    /// <summary>Tokens, sample after sample, in the place of <see cref="Inputs"/>.</summary>
    public int[] Tokens { get; init; } = [];

    /// <summary>Labels of a sample.</summary>
    public int LabelElements { get; init; } = 1;

    /// <summary>Whole batches.</summary>
    public int Count => Math.Max(Inputs.Length, Tokens.Length) / InputElements / Size;

    /// <summary>Tokens of a batch.</summary>
    public ReadOnlySpan<int> TokensOf(int batch) => Tokens.AsSpan(batch * Size * InputElements, Size * InputElements);

    /// <summary>Inputs of a batch.</summary>
    public ReadOnlySpan<float> InputsOf(int batch) => Inputs.AsSpan(batch * Size * InputElements, Size * InputElements);

    /// <summary>Labels of a batch.</summary>
    public ReadOnlySpan<int> LabelsOf(int batch) => Labels.AsSpan(batch * Size * LabelElements, Size * LabelElements);

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

    /// <summary>Texts of 1,000 words at random, with the answer whether more of them come from the first half of the vocabulary.</summary>
    public static Batches Words(int length, int size, int samples = 2048)
    {
        const int Vocabulary = 1000;
        Random random = new(1);
        int[] tokens = new int[samples * length];
        float[] targets = new float[samples];
        for (int i = 0; i < samples; i++)
        {
            int low = 0;
            for (int k = 0; k < length; k++)
            {
                tokens[(i * length) + k] = random.Next(Vocabulary);
                if (tokens[(i * length) + k] < Vocabulary / 2) low++;
            }

            targets[i] = 2 * low > length ? 1 : 0;
        }

        return new Batches([], length, [], targets, size) { Tokens = tokens };
    }

    /// <summary>Windows of 64 characters of a text in which each follows from the two before it, with the character after each.</summary>
    public static Batches Characters(int size, int samples = 1536)
    {
        const int Length = 64, Vocabulary = 80;
        Random random = new(1);
        int[] text = new int[(samples * Length) + 1];
        for (int i = 0; i < text.Length; i++) text[i] = i < 2 || random.Next(8) == 0 ? random.Next(Vocabulary) : ((3 * text[i - 1]) + text[i - 2] + 1) % Vocabulary;
        return new Batches([], Length, text[1..], [], size) { Tokens = text[..^1], LabelElements = Length };
    }
}
