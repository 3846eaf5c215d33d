namespace NetDsl.Tests.Generated;

/// <summary>Small data sets, the same every time.</summary>
internal static class Samples
{
    /// <summary>Wet where the features' weighted sum is positive; the features are far from standard.</summary>
    public static DataSet Weather(int count)
    {
        var random = new Random(3);
        float[] features = new float[count * 3];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            float a = random.NextSingle() - 0.5f, b = random.NextSingle() - 0.5f, c = random.NextSingle() - 0.5f;
            (features[3 * i], features[(3 * i) + 1], features[(3 * i) + 2]) = (1000 + (300 * a), b / 50, c - 7);
            labels[i] = a + (2 * b) - c > 0 ? 1 : 0;
        }

        return DataSet.Create(new Column("features", features, 3), new Column("weather", labels));
    }

    /// <summary>8 x 8 patches with one bright third.</summary>
    public static DataSet Patches(int count)
    {
        var random = new Random(5);
        byte[] pixels = new byte[count * 64];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % 3;
            for (int p = 0; p < 64; p++) pixels[(64 * i) + p] = (byte)(random.Next(90) + (p / 22 == labels[i] ? 120 : 0));
        }

        return DataSet.Create(new Column("image", pixels, 8, 8, 1), new Column("label", labels));
    }

    public static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
