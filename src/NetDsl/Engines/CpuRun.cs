using NetDsl.Cpu;

namespace NetDsl.Engines;

/// <summary>Arenas for runs of programs on the CPU. They grow to what the programs need and stay.</summary>
/// <param name="engine">The network's parameters and workers.</param>
/// <param name="keepsCapacity">
/// Offsets are multiples of the largest batch so far, as training wants them; else of each run's own batch, so that one
/// large evaluation does not make every later run large.
/// </param>
internal sealed class CpuRun(CpuEngine engine, bool keepsCapacity) : EngineRun, IDisposable
{
    private FloatArena _activations = new(0);
    private FloatArena _fixed = new(0);
    private FloatArena _scratch = new(0);
    private CpuProgram? _program;
    private CpuProgram? _scratchProgram;
    private int _scratchBatch;
    private int _capacity;
    private int _samples;

    public override int Samples => _samples;

    public override ReadOnlySpan<ObservedLayer> Observed => Program.Observed;

    /// <summary>Samples that the activation arena is planned for.</summary>
    public int Capacity => _capacity;

    /// <summary>Bytes of the activation arena, without its guard.</summary>
    public long ActivationBytes => _activations.Length * sizeof(float);

    private CpuProgram Program => _program ?? throw new InvalidOperationException("The run was not prepared.");

    /// <summary>Makes room for <paramref name="samples"/> samples of <paramref name="program"/>.</summary>
    public void Prepare(CpuProgram program, int samples)
    {
        _program = program;
        _samples = samples;
        _capacity = keepsCapacity ? Math.Max(_capacity, samples) : samples;
        Grow(ref _activations, (long)program.ActivationFloats * _capacity);
        Grow(ref _fixed, program.FixedFloats);
        if (_scratchProgram == program && _scratchBatch == samples) return;
        Grow(ref _scratch, program.Scratch(samples, engine.Team.Count));
        _scratchProgram = program;
        _scratchBatch = samples;
    }

    public override void SetInput(int input, int sample, ReadOnlySpan<float> values) => Set(Program.Inputs[input], sample, values);

    public override void SetInput(int input, int sample, ReadOnlySpan<byte> values) => Set(Program.Inputs[input], sample, values);

    public override void SetInput(int input, int sample, ReadOnlySpan<int> values) => Set(Program.Inputs[input], sample, values);

    public override void SetTarget(int target, int sample, ReadOnlySpan<float> values) => Set(Program.Targets[target], sample, values);

    public override void SetTarget(int target, int sample, ReadOnlySpan<byte> values) => Set(Program.Targets[target], sample, values);

    public override void SetLabels(int target, int sample, ReadOnlySpan<int> values) => Set(Program.Targets[target], sample, values);

    public override void SetOutputGradient(int output, ReadOnlySpan<float> values) => Set(Program.OutputGradients[output], 0, values);

    public override void Execute(RandomKey random, ILayerObserver? observer)
    {
        CpuFrame frame = new()
        {
            Parameters = engine.Parameters,
            Gradients = engine.Gradients,
            Activations = _activations.Floats,
            Fixed = _fixed.Floats,
            Scratch = _scratch.Floats,
            Batch = _samples,
            Capacity = _capacity,
            InverseBatch = 1f / _samples,
            Random = random,
            Team = engine.Team,
            Observer = observer,
        };
        Program.Entry(in frame);
        // The frame holds addresses only; the arenas must outlive the call.
        GC.KeepAlive(this);
    }

    public override void CopyOutput(int output, Span<float> values) => Floats(Program.Outputs[output]).CopyTo(values);

    public override void CopyInputGradient(int input, Span<float> values) => Floats(Program.InputGradients[input]).CopyTo(values);

    public override void CopyLosses(int loss, Span<float> values) => Floats(Program.Losses[loss]).CopyTo(values);

    public override double MeanLoss(int loss)
    {
        double sum = 0;
        foreach (float value in Floats(Program.Losses[loss])) sum += value;
        return sum / _samples;
    }

    public override bool HasInputGradient(int input) => input < Program.InputGradients.Length && Program.InputGradients[input].Offset >= 0;

    public override bool HasOutput(int output) => output < Program.Outputs.Length && Program.Outputs[output].Offset >= 0;

    public override void Release() => engine.Return(this);

    public void Dispose()
    {
        _activations.Dispose();
        _fixed.Dispose();
        _scratch.Dispose();
    }

    private static void Grow(ref FloatArena arena, long length)
    {
        if (arena.Length >= length) return;
        FloatArena larger = new(length);
        arena.Dispose();
        arena = larger;
    }

    private Span<float> Floats(Slot slot) => (_activations.Floats + ((nint)slot.Offset * _capacity)).AsSpan(slot.Elements * _samples);

    private Floats Place(Slot slot, int sample) => _activations.Floats + (((nint)slot.Offset * _capacity) + ((nint)sample * slot.Elements));

    private void Set(Slot slot, int sample, ReadOnlySpan<float> values)
    {
        if (slot.Offset < 0) return;
        values.CopyTo(Place(slot, sample).AsSpan(values.Length));
    }

    private void Set(Slot slot, int sample, ReadOnlySpan<byte> values)
    {
        if (slot.Offset < 0) return;
        Widening.ToFloats(values, Place(slot, sample).AsSpan(values.Length));
    }

    private void Set(Slot slot, int sample, ReadOnlySpan<int> values)
    {
        if (slot.Offset < 0) return;
        values.CopyTo(Place(slot, sample).AsInts().AsSpan(values.Length));
    }
}
