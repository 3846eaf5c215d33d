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

    /// <summary>The number of the standard normal distribution of one element, as <see cref="Cpu.Philox.Normal"/> defines it.</summary>
    /// <param name="random">Seed, step and first sample of the run.</param>
    /// <param name="stream">Which use of random numbers this is.</param>
    /// <param name="sample">The sample within the run.</param>
    /// <param name="element">The element, at least 0.</param>
    public static float Normal(GpuRandom random, uint stream, int sample, int element)
    {
        float u = Uniform(random, stream, sample, element), x = u + u - (1f - WordScale);
        float w = -Log((1f - x) * (1f + x));
        float a = w - 2.5f, b = Sqrt(w) - 3f;
        float near = 2.81022636e-8f, far = -2.00214257e-4f;
        near = (near * a) + 3.43273939e-7f;
        near = (near * a) - 3.5233877e-6f;
        near = (near * a) - 4.39150654e-6f;
        near = (near * a) + 2.1858087e-4f;
        near = (near * a) - 1.25372503e-3f;
        near = (near * a) - 4.17768164e-3f;
        near = (near * a) + 2.46640727e-1f;
        near = (near * a) + 1.50140941f;
        far = (far * b) + 1.00950558e-4f;
        far = (far * b) + 1.34934322e-3f;
        far = (far * b) - 3.67342844e-3f;
        far = (far * b) + 5.73950773e-3f;
        far = (far * b) - 7.6224613e-3f;
        far = (far * b) + 9.43887047e-3f;
        far = (far * b) + 1.00167406f;
        far = (far * b) + 2.83297682f;
        return (w < 5f ? near : far) * x * 1.41421356f;
    }
}
