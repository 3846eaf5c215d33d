using System.Numerics;
using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

/// <summary>Frames, epilogues and comparisons that the tests of the building blocks share.</summary>
internal static class Frames
{
    public static CpuFrame Frame(int batch, WorkerTeam team, Memory? scratch = null) => new()
    {
        Batch = batch,
        Capacity = batch,
        InverseBatch = 1f / batch,
        Team = team,
        Scratch = scratch?.Floats ?? default,
        ScratchFloats = scratch?.Scratch ?? default,
    };

    /// <summary>Asserts that no kind of working memory became less.</summary>
    public static void NoLess(ref WorkingMemory before, WorkingMemory now)
    {
        Assert.Equal(now, WorkingMemory.Max(before, now));
        before = now;
    }

    /// <summary>Asserts that sums of about <paramref name="terms"/> products of numbers below one agree.</summary>
    public static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, int terms)
    {
        Assert.Equal(expected.Length, actual.Length);
        double tolerance = 1e-6 * Math.Sqrt(terms + 1) + (1e-7 * terms);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"[{i}]: expected {expected[i]}, got {actual[i]}, tolerance {tolerance}");
    }

    /// <summary>Asserts equality bit for bit.</summary>
    public static void SameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(
                BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]),
                $"[{i}]: {expected[i]:R} and {actual[i]:R} are not the same bits");
    }

    /// <summary>
    /// Asserts that an action that is warm allocates nothing on any thread. The test host's own threads allocate now and then,
    /// so the least of several windows counts: what the action allocates is in all of them.
    /// </summary>
    public static void AllocatesNothing(Action action)
    {
        long least = long.MaxValue;
        for (int window = 0; window < 100 && least > 0; window++)
        {
            long own = GC.GetAllocatedBytesForCurrentThread(), all = GC.GetTotalAllocatedBytes(true);
            for (int i = 0; i < 3; i++) action();
            long allAfter = GC.GetTotalAllocatedBytes(true);
            Assert.Equal(own, GC.GetAllocatedBytesForCurrentThread());
            least = Math.Min(least, allAfter - all);
        }

        Assert.Equal(0, least);
    }

    /// <summary>Runs an action with each vector width's micro-kernel in turn.</summary>
    public static void WithEveryKernel(Action action)
    {
        foreach (MicroKernel kernel in (MicroKernel[])[new MicroKernel128(), new MicroKernel256(), new MicroKernel512()])
        {
            MicroKernel before = MicroKernel.Use(kernel);
            try
            {
                action();
            }
            finally
            {
                MicroKernel.Use(before);
            }
        }
    }
}

/// <summary>Adds a term that tells sample, row and column apart, so that a wrong place shows.</summary>
internal readonly struct PlaceEpilogue : IEpilogue
{
    public static float At(int sample, int row, int column) => (0.25f * sample) + (0.5f * (row % 7)) + (0.125f * (column % 5));

    public void Store(Floats accumulator, Floats output, int sample, int row, int column, int count)
    {
        for (int i = 0; i < count; i++) output[i] = accumulator[i] + At(sample, row, column + i);
    }

    public Vector<float> Apply(Vector<float> accumulator, int sample, int row, int column)
    {
        Span<float> places = stackalloc float[Vector<float>.Count];
        for (int i = 0; i < places.Length; i++) places[i] = At(sample, row, column + i);
        return accumulator + new Vector<float>(places);
    }
}
