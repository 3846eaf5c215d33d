using System.Numerics.Tensors;

/// <summary>Classification by the nearest known point.</summary>
internal static class Neighbours
{
    private const int Width = 16, Asked = 1000;

    /// <summary>The share of points whose nearest known one has their label; of the first 1,000 points.</summary>
    public static double Accuracy(float[] known, ReadOnlySpan<byte> knownLabels, float[] points, ReadOnlySpan<byte> labels)
    {
        byte[] answers = knownLabels.ToArray(), expected = labels.ToArray();
        int count = Math.Min(Asked, expected.Length), right = 0;
        Parallel.For(0, count, i =>
        {
            ReadOnlySpan<float> point = points.AsSpan(i * Width, Width);
            int nearest = 0;
            float best = float.PositiveInfinity;
            for (int j = 0; j < answers.Length; j++)
            {
                float distance = TensorPrimitives.Distance(point, known.AsSpan(j * Width, Width));
                if (distance < best) (best, nearest) = (distance, j);
            }

            if (answers[nearest] == expected[i]) Interlocked.Increment(ref right);
        });
        return (double)right / count;
    }
}
