namespace NetDsl.Networks;

/// <summary>Shapes as lists of extents.</summary>
internal static class Extents
{
    public static int Product(ReadOnlySpan<int> shape)
    {
        int product = 1;
        foreach (int extent in shape) product = checked(product * extent);
        return product;
    }

    /// <summary><c>28x28x1</c>; <c>scalar</c> for no extents.</summary>
    public static string Show(ReadOnlySpan<int> shape)
    {
        if (shape.IsEmpty) return "scalar";
        string text = $"{shape[0]}";
        foreach (int extent in shape[1..]) text += $"x{extent}";
        return text;
    }
}
