using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    private int _capacity;
    private int _samples;
    private bool _whole;

    // The batch lies in slices of so many samples each, the last may have fewer; one slice where the kernels share their work.
    private int _slices = 1;
    private int _sliceSamples;
    private WorkingMemory _scratchFloats;

    public override int Samples => _samples;

    public override ReadOnlySpan<ObservedLayer> Observed => Program.Observed;

    /// <summary>Samples that the activation arena is planned for.</summary>
    public int Capacity => _capacity;

    /// <summary>Bytes of the activation arena, without its guard.</summary>
    public long ActivationBytes => _activations.Length * sizeof(float);

    private CpuProgram Program => _program ?? throw new InvalidOperationException("The run was not prepared.");

    /// <summary>Makes room for <paramref name="samples"/> samples of <paramref name="program"/>.</summary>
    /// <param name="program">The program.</param>
    /// <param name="samples">Samples.</param>
    /// <param name="whole">The batch must not be cut into slices.</param>
    public void Prepare(CpuProgram program, int samples, bool whole)
    {
        _capacity = keepsCapacity ? Math.Max(_capacity, samples) : samples;
        if (_program == program && _samples == samples && _whole == whole) return;

        // Where memory does not suffice, nothing is prepared.
        _program = null;
        int threads = engine.Team.Count;
        _slices = whole ? 1 : BatchSlices.Count(program, samples, threads);
        _sliceSamples = _slices == 1 ? _capacity : Cut.Ceiling(samples, _slices);
        int workers = _slices == 1 ? threads : 1;
        _scratchFloats = program.Scratch(_slices == 1 ? samples : _sliceSamples, workers);
        Grow(ref _activations, (long)program.ActivationFloats * _slices * _sliceSamples);
        Grow(ref _fixed, (long)program.FixedFloats * (_slices == 1 ? 1 : threads));
        Grow(ref _scratch, _scratchFloats.Floats(workers) * (threads / workers));
        (_program, _samples, _whole) = (program, samples, whole);
    }

    public override void SetInput(int input, int sample, ReadOnlySpan<float> values) => Set(Program.Inputs[input], sample, values);

    public override void SetInput(int input, int sample, ReadOnlySpan<byte> values) => Set(Program.Inputs[input], sample, values);

    public override void SetInput(int input, int sample, ReadOnlySpan<int> values) => Set(Program.Inputs[input], sample, values);

    public override void SetTarget(int target, int sample, ReadOnlySpan<float> values) => Set(Program.Targets[target], sample, values);

    public override void SetTarget(int target, int sample, ReadOnlySpan<byte> values) => Set(Program.Targets[target], sample, values);

    public override void SetLabels(int target, int sample, ReadOnlySpan<int> values) => Set(Program.Targets[target], sample, values);

    public override void SetOutputGradient(int output, ReadOnlySpan<float> values) => Set(Program.OutputGradients[output], 0, values);

    public override void Execute(RandomKey random, ILayerObserver? observer) => Execute(random, observer, default);

    public override unsafe void ExecuteOn(RandomKey random, ReadOnlySpan<float> input)
    {
        if (!Program.BorrowsInput)
        {
            base.ExecuteOn(random, input);
            return;
        }

        fixed (float* samples = input) Execute(random, null, new Floats(samples));
    }

    private void Execute(RandomKey random, ILayerObserver? observer, Floats lent)
    {
        CpuFrame frame = new()
        {
            Parameters = engine.Parameters,
            Gradients = engine.Gradients,
            Activations = _activations.Floats,
            Fixed = _fixed.Floats,
            Scratch = _scratch.Floats,
            ScratchFloats = _scratchFloats,
            Batch = _samples,
            Capacity = _sliceSamples,
            InverseBatch = 1f / _samples,
            Random = random,
            Team = engine.Team,
            Lent = lent,
            // Weights that every step changes are not worth keeping packed.
            Packed = Program.IsPerSample ? engine.Packed : null,
            Observer = observer,
            Clock = engine.Clock,
        };
        engine.Clock?.Begin(Program);
        if (_slices == 1) Program.Entry(in frame);
        else RunSlices(in frame);

        engine.Clock?.End();

        // The frame holds addresses only; the arenas must outlive the call.
        GC.KeepAlive(this);
    }

    public override void CopyOutput(int output, Span<float> values) => Copy(Program.Outputs[output], values);

    public override void Clear() => _activations.Clear();

    public override void CopyInputGradient(int input, Span<float> values) => Copy(Program.InputGradients[input], values);

    public override void CopyLosses(int loss, Span<float> values) => Copy(Program.Losses[loss], values);

    public override double MeanLoss(int loss)
    {
        double sum = 0;
        for (int sample = 0; sample < _samples; sample += _sliceSamples)
            foreach (float value in Piece(Program.Losses[loss], sample)) sum += value;
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunSlices(in CpuFrame frame) => engine.Team.Run(new BatchSlice(Program, frame), _slices);

    private static void Grow(ref FloatArena arena, long length)
    {
        if (arena.Length >= length) return;
        FloatArena larger = new(length);
        arena.Dispose();
        arena = larger;
    }

    /// <summary>Where a sample lies.</summary>
    private Floats Place(Slot slot, int sample)
    {
        (int slice, int inSlice) = Math.DivRem(sample, _sliceSamples);
        return _activations.Floats
            + (((nint)slice * _sliceSamples * Program.ActivationFloats) + ((nint)slot.Offset * _sliceSamples) + ((nint)inSlice * slot.Elements));
    }

    /// <summary>The samples from one on, to the end of its slice.</summary>
    private Span<float> Piece(Slot slot, int sample) =>
        Place(slot, sample).AsSpan(slot.Elements * (Math.Min(_samples, ((sample / _sliceSamples) + 1) * _sliceSamples) - sample));

    private void Copy(Slot slot, Span<float> values)
    {
        for (int sample = 0; sample < _samples; sample += _sliceSamples)
            Piece(slot, sample).CopyTo(values[(sample * slot.Elements)..]);
    }

    /// <summary>Bytes are widened; whole numbers lie in the arena as they are, four bytes each like the floats.</summary>
    private void Set<T>(Slot slot, int sample, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (slot.Offset < 0) return;
        for (int done = 0; done < values.Length;)
        {
            Span<float> piece = Piece(slot, sample + (done / slot.Elements));
            ReadOnlySpan<T> part = values.Slice(done, Math.Min(piece.Length, values.Length - done));
            if (typeof(T) == typeof(byte)) Widening.ToFloats(MemoryMarshal.AsBytes(part), piece[..part.Length]);
            else MemoryMarshal.Cast<T, float>(part).CopyTo(piece);
            done += part.Length;
        }
    }
}
