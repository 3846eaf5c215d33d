namespace NetDsl.Data;

/// <summary>Whether numbers look like pixels: none negative, all whole, the largest from 128 to 255.</summary>
internal static class Pixels
{
    /// <summary>The least maximum of a column that is taken for pixels rather than for counts.</summary>
    private const int Bright = 128;

    public static bool Span(ReadOnlySpan<byte> values) => values.IndexOfAnyInRange((byte)Bright, byte.MaxValue) >= 0;

    public static bool Span(ReadOnlySpan<float> values)
    {
        float highest = 0;
        foreach (float value in values)
        {
            if (value < 0 || value > byte.MaxValue || !float.IsInteger(value)) return false;
            highest = Math.Max(highest, value);
        }

        return highest >= Bright;
    }
}
