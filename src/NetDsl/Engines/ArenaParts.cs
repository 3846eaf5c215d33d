namespace NetDsl.Engines;

/// <summary>How a pass over the trainable parameters or their gradients is cut: by length alone. Arenas are multiples of 16 floats, so parts are whole vectors.</summary>
internal static class ArenaParts
{
    private const int Length = 8192;

    public static int Count(int length) => (length + Length - 1) / Length;

    public static (int Start, int End) Range(int part, int length) => (part * Length, Math.Min(length, (part + 1) * Length));
}
