using System.Numerics;
using NetDsl.Cpu;
using NetDsl.Networks;

namespace NetDsl.Engines;

/// <summary>A network on the CPU: its arenas in native memory, its programs called directly, one team of workers.</summary>
internal sealed class CpuEngine : Engine
{
    /// <summary>Memory for the activations of a prediction chunk.</summary>
    private const int PredictionBytes = 32 << 20;

    private readonly NetworkInfo _info;
    private readonly CpuPrograms _programs;
    private readonly CpuEngine? _outer;
    private readonly FloatArena _parameters;
    private readonly FloatArena _gradients;
    private readonly CpuOptimizer _optimizer;
    private readonly NormLimits _limits;
    private readonly CpuRun?[] _pool;
    private CpuRun? _training;

    public CpuEngine(EngineRequest request)
        : this(request, null, 0)
    {
    }

    private CpuEngine(EngineRequest request, CpuEngine? outer, int offset)
    {
        _info = request.Info;
        _programs = request.Programs;
        _outer = outer;
        Team = outer?.Team ?? new WorkerTeam(request.Threads);
        _parameters = outer?._parameters.Part(offset, _info.ParameterFloats) ?? new FloatArena(_info.ParameterFloats);
        Packed = outer?.Packed ?? new PackedWeights(_parameters);
        _gradients = new FloatArena(_info.TrainableFloats);
        _optimizer = new CpuOptimizer(Team, _parameters, _gradients);
        _limits = new NormLimits(Team, _parameters, _info);
        _pool = new CpuRun?[Math.Max(4, 2 * Environment.ProcessorCount)];
        long sampleBytes = Math.Max(1, (long)_programs.Predict.ActivationFloats * sizeof(float));
        PredictionBatch = (int)Math.Clamp(PredictionBytes / sampleBytes, 8, 256);
    }

    public WorkerTeam Team { get; }

    /// <summary>The weights as the products of predictions read them.</summary>
    public PackedWeights Packed { get; }

    /// <summary>Times the sections of each run; predictions are then not cut into slices. For one caller at a time.</summary>
    public SectionClock? Clock { get; set; }

    public override string Description =>
        $"CPU, {Team.Count} {(Team.Count == 1 ? "thread" : "threads")}, {VectorBits}-bit vectors";

    public override int PredictionBatch { get; }

    public override long OptimizerSteps => _optimizer.Steps;

    public Floats Parameters => _parameters.Floats;

    public Floats Gradients => _gradients.Floats;

    private static int VectorBits =>
        System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? 512
        : System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? 256
        : 8 * Vector<byte>.Count;

    public override EngineRun RentTraining(ProgramKind kind, int samples)
    {
        _training ??= new CpuRun(this, keepsCapacity: true);
        _training.Prepare(Program(kind, 0), samples, whole: Clock is not null);
        return _training;
    }

    public override EngineRun Rent(ProgramKind kind, int entry, int samples)
    {
        CpuProgram program = Program(kind, entry);
        CpuRun? run = null;
        for (int i = 0; i < _pool.Length && run is null; i++)
            run = Interlocked.Exchange(ref _pool[i], null);
        run ??= new CpuRun(this, keepsCapacity: false);
        run.Prepare(program, samples, whole: kind == ProgramKind.Inspect || Clock is not null);
        return run;
    }

    public override Engine Part(EngineRequest request, int offset) => new CpuEngine(request, this, offset);

    /// <summary>Back into the pool, or away where it is full: it had more users at once than slots.</summary>
    public void Return(CpuRun run)
    {
        if (run == _training) return;
        for (int i = 0; i < _pool.Length; i++)
            if (Interlocked.CompareExchange(ref _pool[i], run, null) is null) return;
        run.Dispose();
    }

    public override void Apply(Optimizer optimizer)
    {
        _optimizer.Apply(optimizer);
        _limits.Apply();
        Packed.Invalidate();
    }

    public override void ReadParameters(int offset, Span<float> destination) => _parameters.Span(offset, destination.Length).CopyTo(destination);

    public override void WriteParameters(int offset, ReadOnlySpan<float> source)
    {
        source.CopyTo(_parameters.Span(offset, source.Length));
        Packed.Invalidate();
    }

    public override void ReadGradients(int offset, Span<float> destination) => _gradients.Span(offset, destination.Length).CopyTo(destination);

    public override void WriteGradients(int offset, ReadOnlySpan<float> source) => source.CopyTo(_gradients.Span(offset, source.Length));

    public override ReadOnlySpan<float> ParameterSpan(int offset, int length) => _parameters.Span(offset, length);

    public override long TrainingActivationBytes(int samples)
    {
        if (_programs.Train is not { } program) return 0;
        if (_training?.Capacity == samples) return _training.ActivationBytes;
        using CpuRun run = new(this, keepsCapacity: true);
        run.Prepare(program, samples, whole: false);
        return run.ActivationBytes;
    }

    public override long PlannedActivationBytes(int samples) => (_programs.Train?.ActivationFloats ?? 0L) * samples * sizeof(float);

    public override long WrittenBytes(int samples) => (_programs.Train?.WrittenFloats ?? 0L) * samples * sizeof(float);

    protected override void Dispose(bool disposing)
    {
        _training?.Dispose();
        foreach (CpuRun? run in _pool) run?.Dispose();
        _optimizer.Dispose();
        _gradients.Dispose();
        _parameters.Dispose();
        if (_outer is not null) return;
        Packed.Dispose();
        Team.Dispose();
    }

    /// <summary>The program of a kind; of one output, by its entry.</summary>
    public CpuProgram Program(ProgramKind kind, int entry) => kind switch
    {
        ProgramKind.Train => _programs.Train ?? throw NoLoss(),
        ProgramKind.Evaluate => _programs.Evaluate ?? throw NoLoss(),
        ProgramKind.Predict => _programs.Predict,
        ProgramKind.Forward or ProgramKind.Inspect => _programs.Forward,
        ProgramKind.Backward => _programs.Backward,
        ProgramKind.Output => _programs.OutputEntries[entry],
        ProgramKind.Generate => _programs.Generate ?? throw new InvalidOperationException(Sentences.WritesNothing(_info.Name)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of program."),
    };

    private InvalidOperationException NoLoss() => new(Sentences.NoLoss(_info.Name));
}
