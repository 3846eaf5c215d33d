namespace NetDsl.Generators.Shapes;

/// <summary>Limits of shapes, so that no product of extents overflows further on.</summary>
internal static class Extents
{
    /// <summary>The most that an integer argument may be.</summary>
    public const int Maximum = 1 << 24;

    /// <summary>The most elements of one tensor per sample: 1 GiB of floats.</summary>
    public const long MaximumElements = int.MaxValue / 8;

    /// <summary>The product of the extents; <see cref="long.MaxValue"/> where it is greater.</summary>
    public static long Product(IEnumerable<int> shape)
    {
        long product = 1;
        foreach (int extent in shape)
        {
            if (extent == 0) return 0;
            product = product > long.MaxValue / extent ? long.MaxValue : product * extent;
        }

        return product;
    }

    public static bool TooLarge(IEnumerable<int> shape) => Product(shape) > MaximumElements;
}
