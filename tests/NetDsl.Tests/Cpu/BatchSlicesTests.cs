using NetDsl.Cpu;
using NetDsl.Engines;
using Xunit;

namespace NetDsl.Tests.Cpu;

/// <summary>How the batch of a program without sums over samples is cut.</summary>
public class BatchSlicesTests
{
    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(15, 2, 1)]
    [InlineData(32, 1, 1)]
    [InlineData(32, 2, 2)]
    [InlineData(128, 2, 2)]
    [InlineData(1000, 2, 10)]
    [InlineData(32, 16, 1)]
    public void A_network_of_some_size(int samples, int threads, int slices) =>
        Assert.Equal(slices, BatchSlices.Count(Program(flops: 200_000, floats: 900), samples, threads));

    [Fact]
    public void Little_work_is_not_shared() => Assert.Equal(1, BatchSlices.Count(Program(flops: 1_000, floats: 100), 128, 2));

    [Fact]
    public void Large_activations_make_short_slices() => Assert.Equal(8, BatchSlices.Count(Program(flops: 1_000_000, floats: 30_000), 128, 2));

    [Fact]
    public void Samples_that_meet_are_not_cut() =>
        Assert.Equal(1, BatchSlices.Count(Program(flops: 200_000, floats: 900) with { IsPerSample = false }, 1000, 2));

    [Fact]
    public void No_slice_is_empty()
    {
        CpuProgram program = Program(flops: 1_000_000, floats: 30_000);
        for (int samples = 1; samples < 300; samples++)
            for (int threads = 1; threads < 6; threads++)
            {
                int slices = BatchSlices.Count(program, samples, threads), each = (samples + slices - 1) / slices;
                Assert.True((slices - 1) * each < samples, $"{samples} samples, {threads} threads: {slices} slices of {each}");
            }
    }

    [Fact]
    public unsafe void Each_worker_has_working_memory_of_its_own()
    {
        WorkingMemory need = new(shared: 10, partials: 20, worker: 30);
        using Memory scratch = new(3 * need.Floats(1));
        List<long> places = [];
        CpuProgram program = Program(flops: 1, floats: 16) with { Entry = (in CpuFrame f) => places.Add(f.Scratch.Pointer - scratch.Floats.Pointer) };
        CpuFrame frame = new() { Batch = 5, Capacity = 2, Scratch = scratch.Floats, ScratchFloats = need, Lent = scratch.Floats };
        BatchSlice slices = new(program with { Inputs = [new Slot(0, 0)] }, frame);
        for (int worker = 0; worker < 3; worker++) slices.Run(worker, worker);
        Assert.Equal([0, need.Floats(1), 2 * need.Floats(1)], places);
    }

    private static CpuProgram Program(long flops, int floats) => new()
    {
        Name = "predict",
        Entry = (in CpuFrame _) => { },
        Scratch = (_, _) => default,
        ActivationFloats = floats,
        FixedFloats = 0,
        WrittenFloats = floats,
        Flops = flops,
        IsPerSample = true,
    };
}
