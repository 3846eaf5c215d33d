namespace NetDsl.Networks;

/// <summary>
/// Random orthogonal matrices: normal numbers, made orthogonal row by row (or column by column where those are fewer) by the modified Gram-Schmidt process, in double. All axes but the last
/// are rows, as in Keras.
/// </summary>
internal static class OrthogonalMatrix
{
    public static void Fill(ParameterTensor tensor, long seed, Span<float> values)
    {
        int columns = tensor.Shape.Length == 0 ? 1 : tensor.Shape[^1], rows = values.Length / columns;
        bool wide = rows <= columns;
        int count = wide ? rows : columns, length = wide ? columns : rows;
        RandomStream random = new(seed, tensor.Path);
        double[][] vectors = new double[count][];
        for (int i = 0; i < count; i++) vectors[i] = Next(vectors.AsSpan(0, i), length, ref random);
        for (int i = 0; i < count; i++)
            for (int j = 0; j < length; j++) values[wide ? (i * columns) + j : (j * columns) + i] = (float)vectors[i][j];
    }

    /// <summary>A vector of length 1 that is orthogonal to those before it.</summary>
    private static double[] Next(ReadOnlySpan<double[]> before, int length, ref RandomStream random)
    {
        double[] vector = new double[length];
        for (int j = 0; j < length; j++) vector[j] = random.NextNormal();

        // Twice is enough (Kahan): what rounding leaves of the others the first time goes the second time.
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (double[] other in before)
            {
                double dot = Dot(vector, other);
                for (int j = 0; j < length; j++) vector[j] -= dot * other[j];
            }
        }

        double inverse = 1 / Math.Sqrt(Dot(vector, vector));
        for (int j = 0; j < length; j++) vector[j] *= inverse;
        return vector;
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int j = 0; j < left.Length; j++) sum += left[j] * right[j];
        return sum;
    }
}
