namespace NetDsl.Networks;

/// <summary>Tables of waves: a row for each place, a wavelength for each column, from 2 pi places to 10,000 times as many.</summary>
internal static class PositionTables
{
    private const double Longest = 10_000;

    /// <summary>Sine and cosine by turns, two columns for a wavelength.</summary>
    public static void FillSinusoidal(ParameterTensor tensor, Span<float> values)
    {
        int width = tensor.Shape[1];
        for (int i = 0; i < values.Length; i++)
        {
            (int place, int column) = Math.DivRem(i, width);
            double angle = Angle(place, column - (column % 2), width);
            values[i] = (float)(column % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
        }
    }

    /// <summary>Cosines or sines, a column for a wavelength.</summary>
    public static void FillRotary(ParameterTensor tensor, Span<float> values)
    {
        int width = tensor.Shape[1];
        for (int i = 0; i < values.Length; i++)
        {
            (int place, int column) = Math.DivRem(i, width);
            double angle = Angle(place, column, width);
            values[i] = (float)(tensor.Initializer == Initializer.RotarySine ? Math.Sin(angle) : Math.Cos(angle));
        }
    }

    private static double Angle(int place, int column, int width) => place / Math.Pow(Longest, (double)column / width);
}
