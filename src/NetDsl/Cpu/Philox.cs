using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Cpu;

/// <summary>
/// Counter-based random numbers: Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2,
/// 3" (SC 2011). A number is a function of its key and place alone, so it needs no state, no order and no storage.
/// </summary>
/// <remarks>
/// The definition. Counter words c0..c3 = (element / 4, FirstSample + sample, Step, stream), key words k0, k1 = the seed's low
/// and high 32 bits, all modulo 2^32. Ten rounds; in each, with the 64-bit products p = 0xD2511F53 * c0 and
/// q = 0xCD9E8D57 * c2,
/// <code>
/// (c0, c1, c2, c3) = (high(q) ^ c1 ^ k0, low(q), high(p) ^ c3 ^ k1, low(p))
/// </code>
/// and before every round but the first k0 += 0x9E3779B9 and k1 += 0xBB67AE85. The word of an element is c[element % 4], and
/// the uniform number is (word >> 8) * 2^-24, in [0, 1).
/// </remarks>
public static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;
    private const float WordScale = 1f / (1 << 24);

    /// <summary>Uniform numbers in [0, 1) of the elements from <paramref name="element"/> on, one a lane.</summary>
    /// <param name="key">Seed, step and first sample of the run.</param>
    /// <param name="stream">Which use of random numbers this is.</param>
    /// <param name="sample">The sample within the run.</param>
    /// <param name="element">First element, at least 0. Multiples of 4 are fastest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Uniform(in RandomKey key, uint stream, int sample, int element) =>
        (element & 3) == 0 ? Aligned(in key, stream, sample, (uint)element / 4) : Unaligned(in key, stream, sample, element);

    /// <summary>
    /// Numbers of the standard normal distribution of the elements from <paramref name="element"/> on, one a lane: √2 erfinv(2 u - 1 + 2^-24) of the
    /// uniform number u, from -5.42 to 5.42.
    /// </summary>
    /// <param name="key">Seed, step and first sample of the run.</param>
    /// <param name="stream">Which use of random numbers this is.</param>
    /// <param name="sample">The sample within the run.</param>
    /// <param name="element">First element, at least 0. Multiples of 4 are fastest.</param>
    /// <remarks>erfinv by the two polynomials of Giles, "Approximating the erfinv function" (GPU Computing Gems, 2010): a relative error of 4e-7.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Normal(in RandomKey key, uint stream, int sample, int element)
    {
        Vector<float> u = Uniform(in key, stream, sample, element), x = u + u - new Vector<float>(1 - WordScale);
        Vector<float> w = -VectorMath.Log((Vector<float>.One - x) * (Vector<float>.One + x));
        Vector<float> a = w - new Vector<float>(2.5f), b = Vector.SquareRoot(w) - new Vector<float>(3f);
        Vector<float> near = new(2.81022636e-8f), far = new(-2.00214257e-4f);
        near = Vector.MultiplyAddEstimate(near, a, new Vector<float>(3.43273939e-7f));
        near = Vector.MultiplyAddEstimate(near, a, new Vector<float>(-3.5233877e-6f));
        near = Vector.MultiplyAddEstimate(near, a, new Vector<float>(-4.39150654e-6f));
        near = Vector.MultiplyAddEstimate(near, a, new Vector<float>(2.1858087e-4f));
        near = Vector.MultiplyAddEstimate(near, a, new Vector<float>(-1.25372503e-3f));
        near = Vector.MultiplyAddEstimate(near, a, new Vector<float>(-4.17768164e-3f));
        near = Vector.MultiplyAddEstimate(near, a, new Vector<float>(2.46640727e-1f));
        near = Vector.MultiplyAddEstimate(near, a, new Vector<float>(1.50140941f));
        far = Vector.MultiplyAddEstimate(far, b, new Vector<float>(1.00950558e-4f));
        far = Vector.MultiplyAddEstimate(far, b, new Vector<float>(1.34934322e-3f));
        far = Vector.MultiplyAddEstimate(far, b, new Vector<float>(-3.67342844e-3f));
        far = Vector.MultiplyAddEstimate(far, b, new Vector<float>(5.73950773e-3f));
        far = Vector.MultiplyAddEstimate(far, b, new Vector<float>(-7.6224613e-3f));
        far = Vector.MultiplyAddEstimate(far, b, new Vector<float>(9.43887047e-3f));
        far = Vector.MultiplyAddEstimate(far, b, new Vector<float>(1.00167406f));
        far = Vector.MultiplyAddEstimate(far, b, new Vector<float>(2.83297682f));
        return Vector.ConditionalSelect(Vector.LessThan(w, new Vector<float>(5f)), near, far) * x * new Vector<float>(1.41421356f);
    }

    /// <summary>The uniform number in [0, 1) of one element.</summary>
    /// <param name="key">Seed, step and first sample of the run.</param>
    /// <param name="stream">Which use of random numbers this is.</param>
    /// <param name="sample">The sample within the run.</param>
    /// <param name="element">The element, at least 0.</param>
    public static float UniformAt(in RandomKey key, uint stream, int sample, int element) =>
        ToUniform(Word(in key, stream, sample, element));

    /// <summary>The 32 random bits of one element.</summary>
    /// <param name="key">Seed, step and first sample of the run.</param>
    /// <param name="stream">Which use of random numbers this is.</param>
    /// <param name="sample">The sample within the run.</param>
    /// <param name="element">The element, at least 0.</param>
    public static uint Word(in RandomKey key, uint stream, int sample, int element)
    {
        (uint c0, uint c1, uint c2, uint c3) = Block((uint)element / 4, key.FirstSample + (uint)sample, key.Step, stream, key.Seed);
        return (element & 3) switch { 0 => c0, 1 => c1, 2 => c2, _ => c3 };
    }

    /// <summary>Uniform numbers in [0, 1) of the elements 0, 1, 2, ...</summary>
    /// <param name="key">Seed, step and first sample.</param>
    /// <param name="stream">Which use of random numbers this is.</param>
    /// <param name="sample">The sample within the run.</param>
    /// <param name="values">Receives the numbers.</param>
    public static void Fill(in RandomKey key, uint stream, int sample, Span<float> values)
    {
        for (int i = 0; i < values.Length; i += 4)
        {
            (uint c0, uint c1, uint c2, uint c3) = Block((uint)i / 4, key.FirstSample + (uint)sample, key.Step, stream, key.Seed);
            values[i] = ToUniform(c0);
            if (i + 1 < values.Length) values[i + 1] = ToUniform(c1);
            if (i + 2 < values.Length) values[i + 2] = ToUniform(c2);
            if (i + 3 < values.Length) values[i + 3] = ToUniform(c3);
        }
    }

    /// <summary>The four output words of one counter.</summary>
    internal static (uint C0, uint C1, uint C2, uint C3) Block(uint c0, uint c1, uint c2, uint c3, ulong seed)
    {
        uint k0 = (uint)seed, k1 = (uint)(seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong p = (ulong)Multiplier0 * c0, q = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(q >> 32) ^ c1 ^ k0, (uint)q, (uint)(p >> 32) ^ c3 ^ k1, (uint)p);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }

    private static float ToUniform(uint word) => (int)(word >> 8) * WordScale;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Aligned(in RandomKey key, uint stream, int sample, uint block)
    {
        uint c1 = key.FirstSample + (uint)sample;
        if (Vector<float>.Count == 8)
        {
            Vector256<uint> words = TwoBlocks(block, c1, key.Step, stream, key.Seed);
            return (Vector256.ConvertToSingle((words >>> 8).AsInt32()) * WordScale).AsVector();
        }

        if (Vector<float>.Count == 4)
        {
            (uint w0, uint w1, uint w2, uint w3) = Block(block, c1, key.Step, stream, key.Seed);
            Vector128<int> words = (Vector128.Create(w0, w1, w2, w3) >>> 8).AsInt32();
            return (Vector128.ConvertToSingle(words) * WordScale).AsVector();
        }

        Span<float> values = stackalloc float[Vector<float>.Count];
        for (int i = 0; i < values.Length; i++) values[i] = UniformAt(in key, stream, sample, (int)(4 * block) + i);
        return new Vector<float>(values);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector<float> Unaligned(in RandomKey key, uint stream, int sample, int element)
    {
        int width = Vector<float>.Count, first = element & ~3;
        Span<float> values = stackalloc float[2 * width];
        Aligned(in key, stream, sample, (uint)first / 4).CopyTo(values);
        Aligned(in key, stream, sample, (uint)(first + width) / 4).CopyTo(values[width..]);
        return new Vector<float>(values.Slice(element - first, width));
    }

    /// <summary>The words of two consecutive counters, each in its natural order: one multiplication a round does both products of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> TwoBlocks(uint c0, uint c1, uint c2, uint c3, ulong seed)
    {
        Vector256<uint> state = Vector256.Create(c0, c1, c2, c3, c0 + 1, c1, c2, c3);
        Vector256<uint> multiplier = Vector256.Create(Multiplier0, 0, Multiplier1, 0, Multiplier0, 0, Multiplier1, 0);
        uint k0 = (uint)seed, k1 = (uint)(seed >> 32);
        Vector256<uint> roundKey = Vector256.Create(k0, 0, k1, 0, k0, 0, k1, 0);
        Vector256<uint> weyl = Vector256.Create(Weyl0, 0, Weyl1, 0, Weyl0, 0, Weyl1, 0);
        for (int round = 0; round < Rounds; round++)
        {
            // [low p, high p, low q, high q] of each block, turned to [high q, low q, high p, low p].
            Vector256<uint> products = WideProducts(state, multiplier);
            products = Vector256.Shuffle(products, Vector256.Create(3u, 2, 1, 0, 7, 6, 5, 4));
            state = products ^ (state.AsUInt64() >>> 32).AsUInt32() ^ roundKey;
            roundKey += weyl;
        }

        return state;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> WideProducts(Vector256<uint> left, Vector256<uint> right) =>
        Avx2.IsSupported
            ? Avx2.Multiply(left, right).AsUInt32()
            : ((left.AsUInt64() & Vector256.Create(0xFFFFFFFFul)) * right.AsUInt64()).AsUInt32();
}
