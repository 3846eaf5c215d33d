using BenchmarkDotNet.Attributes;
using NetDsl.Cpu;
using NetDsl.Engines;

namespace NetDsl.Benchmarks.Blocks;

/// <summary>What the benchmarks of building blocks share: workers, memory and a frame.</summary>
[MemoryDiagnoser]
public abstract class Block : IDisposable
{
    private readonly List<FloatArena> _arenas = [];
    private WorkerTeam? _team;

    /// <summary>Workers.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>The frame of a run without a network.</summary>
    protected CpuFrame Frame { get; private set; }

    /// <summary>Ends the workers and frees the memory.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        foreach (FloatArena arena in _arenas) arena.Dispose();
        _team?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the frame.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="needs">Working memory of what is measured.</param>
    private protected void Prepare(int batch, params ReadOnlySpan<WorkingMemory> needs)
    {
        _team = new WorkerTeam(Threads);
        WorkingMemory most = default;
        foreach (WorkingMemory need in needs) most = WorkingMemory.Max(most, need);
        Frame = new CpuFrame { Batch = batch, Capacity = batch, InverseBatch = 1f / batch, Team = _team, Scratch = Numbers(most.Floats(Threads)), ScratchFloats = most };
    }

    /// <summary>Random numbers from 0 to 1.</summary>
    private protected Floats Numbers(long count)
    {
        FloatArena arena = new(count);
        _arenas.Add(arena);
        Random random = new(1);
        for (nint i = 0; i < count; i++) arena.Floats[i] = random.NextSingle();
        return arena.Floats;
    }
}
