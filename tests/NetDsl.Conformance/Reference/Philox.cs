namespace NetDsl.Conformance.Reference;

/// <summary>
/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", 2011), one counter at a time.
/// </summary>
internal static class Philox
{
    /// <summary>The four words for one counter and key.</summary>
    public static uint[] Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        unchecked
        {
            for (int round = 0; round < 10; round++)
            {
                ulong p0 = 0xD2511F53ul * c0;
                ulong p1 = 0xCD9E8D57ul * c2;
                (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
                k0 += 0x9E3779B9u;
                k1 += 0xBB67AE85u;
            }
        }

        return [c0, c1, c2, c3];
    }

    /// <summary>
    /// The number on [0, 1) of one element: counter (element / 4, sample, step, stream), key the seed's halves, word
    /// element % 4, of which the upper 24 bits count.
    /// </summary>
    public static double Uniform(ulong seed, uint step, uint stream, int sample, int element)
    {
        uint[] words = Block((uint)element / 4, (uint)sample, step, stream, (uint)seed, (uint)(seed >> 32));
        return (words[element % 4] >> 8) * (1.0 / (1 << 24));
    }
}
