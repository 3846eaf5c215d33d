namespace NetDsl.Gpu;

public static partial class GpuMath
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;
    private const float WordScale = 1f / (1 << 24);

    /// <summary>The uniform number in [0, 1) of one element: Philox4x32-10, as <see cref="Cpu.Philox"/> defines it.</summary>
    /// <param name="random">Seed, step and first sample of the run.</param>
    /// <param name="stream">Which use of random numbers this is.</param>
    /// <param name="sample">The sample within the run.</param>
    /// <param name="element">The element, at least 0.</param>
    public static float Uniform(GpuRandom random, uint stream, int sample, int element)
    {
        uint c0 = (uint)element / 4, c1 = unchecked(random.FirstSample + (uint)sample), c2 = random.Step, c3 = stream;
        uint k0 = random.SeedLow, k1 = random.SeedHigh;
        for (int round = 0; round < Rounds; round++)
        {
            ulong p = (ulong)Multiplier0 * c0;
            ulong q = (ulong)Multiplier1 * c2;
            uint high = (uint)(p >> 32);
            c0 = (uint)(q >> 32) ^ c1 ^ k0;
            c2 = high ^ c3 ^ k1;
            c1 = unchecked((uint)q);
            c3 = unchecked((uint)p);
            k0 = unchecked(k0 + Weyl0);
            k1 = unchecked(k1 + Weyl1);
        }

        int lane = element & 3;
        uint word = lane == 0 ? c0 : lane == 1 ? c1 : lane == 2 ? c2 : c3;
        return (int)(word >> 8) * WordScale;
    }
}
