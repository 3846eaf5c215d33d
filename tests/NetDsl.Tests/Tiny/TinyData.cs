namespace NetDsl.Tests.Tiny;

/// <summary>Small data sets that a linear network can learn.</summary>
internal static class TinyData
{
    /// <summary>Points around (0, 2), (2, -1) and (-2, -1), a class each.</summary>
    public static DataSet Clusters(int count, int seed = 1)
    {
        Random random = new(seed);
        (double X, double Y)[] centres = [(0, 2), (2, -1), (-2, -1)];
        float[] points = new float[2 * count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % 3;
            points[2 * i] = (float)(centres[labels[i]].X + random.NextDouble() - 0.5);
            points[(2 * i) + 1] = (float)(centres[labels[i]].Y + random.NextDouble() - 0.5);
        }

        return DataSet.Create(new Column("input", points, 2), new Column("label", labels));
    }

    /// <summary>y = 3 a - 2 b + 0.5.</summary>
    public static DataSet Plane(int count, int seed = 1)
    {
        Random random = new(seed);
        float[] points = new float[2 * count];
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            points[2 * i] = (float)((2 * random.NextDouble()) - 1);
            points[(2 * i) + 1] = (float)((2 * random.NextDouble()) - 1);
            values[i] = (3 * points[2 * i]) - (2 * points[(2 * i) + 1]) + 0.5f;
        }

        return DataSet.Create(new Column("input", points, 2), new Column("value", values));
    }

    /// <summary>Options that write nothing and do not listen to the console.</summary>
    public static FitOptions Quiet(int epochs = 1, int batchSize = 32, Optimizer? optimizer = null) =>
        new() { Epochs = epochs, BatchSize = batchSize, Optimizer = optimizer ?? new Adam(0.05), Output = null, StopOnCtrlC = false };
}
