using System.Numerics;
using System.Runtime.Intrinsics;
using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

/// <summary>512 bits give each lane the bits that <see cref="Vector{T}"/> gives it.</summary>
public unsafe class WideMathTests
{
    // A prime, so that each exponent sees other mantissas.
    private const int Stride = 1021;

    [WideFact]
    public void Exp_has_the_bits_of_VectorMath() => Compare(VectorMath.Exp, WideMath.Exp);

    [WideFact]
    public void Tanh_has_the_bits_of_VectorMath() => Compare(VectorMath.Tanh, WideMath.Tanh);

    [WideFact]
    public void Sigmoid_has_the_bits_of_VectorMath() => Compare(VectorMath.Sigmoid, WideMath.Sigmoid);

    [WideFact]
    public void The_first_lanes_are_loaded_with_zeros_behind_them_and_stored_alone()
    {
        for (int count = 1; count < WideLanes.Count; count++)
        {
            using Memory source = new(count, 1), target = new(WideLanes.Count);
            WideLanes lanes = WideLanes.LoadPartial(source.Floats.Pointer, count);
            float[] all = new float[WideLanes.Count];
            fixed (float* first = all) lanes.Store(first);
            for (int i = 0; i < all.Length; i++) Assert.Equal(i < count ? source[i] : 0, all[i]);

            target.Span.Fill(7);
            lanes.StorePartial(target.Floats.Pointer, count);
            for (int i = 0; i < all.Length; i++) Assert.Equal(i < count ? source[i] : 7, target[i]);
        }
    }

    private static void Compare(Func<Vector<float>, Vector<float>> narrow, Func<Vector512<float>, Vector512<float>> wide)
    {
        Span<float> x = stackalloc float[16], expected = stackalloc float[16], actual = stackalloc float[16];
        for (long start = 0; start <= uint.MaxValue; start += 16 * Stride)
        {
            for (int lane = 0; lane < 16; lane++) x[lane] = BitConverter.UInt32BitsToSingle((uint)(start + (lane * Stride)));
            for (int lane = 0; lane < 16; lane += Vector<float>.Count) narrow(new Vector<float>(x[lane..])).CopyTo(expected[lane..]);
            wide(Vector512.Create<float>(x)).CopyTo(actual);
            for (int lane = 0; lane < 16; lane++)
            {
                uint bits = BitConverter.SingleToUInt32Bits(actual[lane]);
                Assert.True(bits == BitConverter.SingleToUInt32Bits(expected[lane]), $"of {x[lane]:R}: {actual[lane]:R}, not {expected[lane]:R}");
            }
        }
    }
}

/// <summary>A test of 512-bit vectors, where the processor has them and no path takes them elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WideFactAttribute : FactAttribute
{
    public WideFactAttribute()
    {
        if (!WideLanes.IsSupported) Skip = "This processor has no fast 512-bit vectors (AVX-512), so that nothing computes with them.";
    }
}
