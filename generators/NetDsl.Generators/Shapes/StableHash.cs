namespace NetDsl.Generators.Shapes;

/// <summary>Hashes that are part of formats and of results: the same on every machine and run.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a, 32 bits, over the UTF-16 code units' low and high bytes (Fowler, Noll, Vo).</summary>
    public static uint Fnv1a(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ (byte)c) * 16777619);
            hash = unchecked((hash ^ (byte)(c >> 8)) * 16777619);
        }

        return hash;
    }
}
