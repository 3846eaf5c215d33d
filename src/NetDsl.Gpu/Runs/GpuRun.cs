using ILGPU;
using ILGPU.Runtime;
using NetDsl.Cpu;
using NetDsl.Engines;

namespace NetDsl.Gpu;

/// <summary>Working memory for runs of programs on a device, and the stream they run on. It grows to what the programs need and stays.</summary>
internal sealed unsafe class GpuRun : EngineRun, IDisposable
{
    private readonly GpuEngine _engine;
    private readonly AcceleratorStream? _ownStream;
    private readonly bool _keepsCapacity;
    private readonly GpuFrame _frame;
    private readonly InputStage _inputs;
    private readonly ResultStage _results;
    private DeviceArray<float>? _activations;
    private DeviceArray<float>? _fixed;
    private DeviceArray<float>? _scratch;
    private GpuProgram? _program;
    private ILayerObserver? _observer;
    private bool _underWay;
    private bool _failed;

    /// <param name="engine">The network's parameters on the device.</param>
    /// <param name="stream">The stream to run on; a stream of its own for <see langword="null"/>.</param>
    /// <param name="keepsCapacity">
    /// Offsets are multiples of the largest batch so far, as training wants them; else of each run's own batch, so that one
    /// large evaluation does not make every later run large.
    /// </param>
    public GpuRun(GpuEngine engine, AcceleratorStream? stream, bool keepsCapacity)
    {
        _engine = engine;
        _keepsCapacity = keepsCapacity;
        _ownStream = stream is null ? engine.Device.Accelerator.CreateStream() : null;
        Transfers = new GpuTransfers(engine.Device, stream ?? _ownStream!, engine.Network);
        _frame = new GpuFrame(this, engine, Transfers.Stream);
        _inputs = new InputStage(engine.Device, Transfers, engine.Network);
        _results = new ResultStage(engine.Device, Transfers);
    }

    public override int Samples => _frame.Batch;

    public override ReadOnlySpan<ObservedLayer> Observed => Program.Observed;

    public GpuTransfers Transfers { get; }

    /// <summary>Samples that the activation arena is planned for.</summary>
    public int Capacity => _frame.Capacity;

    /// <summary>Bytes of the activation arena, without its guard.</summary>
    public long ActivationBytes => (long)Program.ActivationFloats * Capacity * sizeof(float);

    /// <summary>Whether a run failed on the way, so that this memory is given up and not used again.</summary>
    public bool IsBroken => _failed;

    public DeviceArray<float> ActivationArray => _activations ?? throw NotPrepared();

    public DeviceArray<float> FixedArray => _fixed ?? throw NotPrepared();

    public DeviceArray<float> ScratchArray => _scratch ?? throw NotPrepared();

    private GpuProgram Program => _program ?? throw NotPrepared();

    /// <summary>Makes room for <paramref name="samples"/> samples of <paramref name="program"/>.</summary>
    /// <exception cref="GpuMemoryException">The device has not enough.</exception>
    /// <exception cref="GpuException">The batch has more elements than a kernel can count.</exception>
    public void Prepare(GpuProgram program, int samples)
    {
        Settle();
        int capacity = _keepsCapacity ? Math.Max(_frame.Capacity, samples) : samples;

        // Kernels index with 32 bits, which are faster on every GPU. No tensor is larger than all of them together.
        long elements = (long)program.ActivationFloats * capacity;
        if (elements > int.MaxValue && elements * sizeof(float) <= _engine.Device.FreeBytes)
            throw new GpuException(
                $"A batch of {capacity} samples of {_engine.Network} has {elements} numbers, and kernels count to {int.MaxValue}: "
                + $"at most {int.MaxValue / program.ActivationFloats} samples fit one batch.");
        Grow(ref _activations, (long)program.ActivationFloats * capacity, program, samples);
        Grow(ref _fixed, program.FixedFloats, program, samples);
        Grow(ref _scratch, program.Scratch(samples), program, samples);
        _inputs.Prepare(program, samples);
        _results.Prepare(program, samples);
        _program = program;
        _frame.Batch = samples;
        _frame.Capacity = capacity;
        _frame.InverseBatch = 1f / samples;
    }

    public override void SetInput(int input, int sample, ReadOnlySpan<float> values) => _inputs.Set(input, GpuColumn.Floats, sample, values);

    public override void SetInput(int input, int sample, ReadOnlySpan<byte> values) => _inputs.Set(input, GpuColumn.Bytes, sample, values);

    public override void SetInput(int input, int sample, ReadOnlySpan<int> values) => _inputs.Set(input, GpuColumn.Ints, sample, values);

    public override void SetTarget(int target, int sample, ReadOnlySpan<float> values) =>
        _inputs.Set(Program.Inputs.Length + target, GpuColumn.Floats, sample, values);

    public override void SetTarget(int target, int sample, ReadOnlySpan<byte> values) =>
        _inputs.Set(Program.Inputs.Length + target, GpuColumn.Bytes, sample, values);

    public override void SetLabels(int target, int sample, ReadOnlySpan<int> values) =>
        _inputs.Set(Program.Inputs.Length + target, GpuColumn.Ints, sample, values);

    public override void SetOutputGradient(int output, ReadOnlySpan<float> values) =>
        _inputs.Set(Program.Inputs.Length + Program.Targets.Length + output, GpuColumn.Floats, 0, values);

    public override void SetRows(ResidentData data, ReadOnlySpan<int> rows) => _inputs.SetRows(Resident(data), rows);

    public override void SetRows(ResidentData data, int first) => _inputs.SetRows(Resident(data), first);

    public override void Execute(RandomKey random, ILayerObserver? observer)
    {
        _observer = observer;
        _frame.Random = new GpuRandom
        {
            SeedLow = (uint)random.Seed,
            SeedHigh = (uint)(random.Seed >> 32),
            Step = random.Step,
            FirstSample = random.FirstSample,
        };
        _results.Forget();
        _underWay = true;
        _failed = true;
        _inputs.Upload();
        Program.Entry(_frame);
        _failed = false;
    }

    public override void CopyOutput(int output, Span<float> values) => Copy(Program.Outputs[output], values);

    // Of all: setting a part of a buffer fails on OpenCL.
    public override void Clear()
    {
        ActivationArray.View.MemSetToZero(Transfers.Stream);
        _underWay = true;
    }

    public override void CopyInputGradient(int input, Span<float> values) => Copy(Program.InputGradients[input], values);

    public override void CopyLosses(int loss, Span<float> values) => Losses(loss).CopyTo(values);

    public override double MeanLoss(int loss)
    {
        double sum = 0;
        foreach (float value in Losses(loss)) sum += value;
        return sum / Samples;
    }

    public override bool HasInputGradient(int input) => input < Program.InputGradients.Length && Program.InputGradients[input].Offset >= 0;

    public override bool HasOutput(int output) => output < Program.Outputs.Length && Program.Outputs[output].Offset >= 0;

    public override void Release()
    {
        _observer = null;
        _engine.Return(this);
    }

    /// <summary>Arguments of the program's load kernel.</summary>
    public LoadArguments LoadArguments()
    {
        (ArrayView<byte> data, ArrayView<GpuColumn> columns, ArrayView<int> rows) = _inputs.Views();
        return new LoadArguments
        {
            Data = data,
            Columns = columns,
            Rows = rows,
            Activations = ActivationArray.View,
            Parameters = _engine.Parameters.View,
            Batch = Samples,
            Capacity = Capacity,
        };
    }

    /// <summary>Copies a layer's output to the host and shows it.</summary>
    public void Observe(int layer, ArrayView<float> view, int stride)
    {
        if (_observer is null) return;
        Floats values = _results.Start(view);
        Settle();
        _underWay = true;
        _observer.Observe(layer, new BatchView(values, stride), Samples);
    }

    /// <summary>Waits for what is under way.</summary>
    public void Settle()
    {
        if (!_underWay) return;
        _underWay = false;
        Transfers.Synchronize("running the program", _program?.Name ?? "");
    }

    /// <summary>Waits for what is under way where the run failed and said so already.</summary>
    public void Abandon()
    {
        try
        {
            Settle();
        }
        catch (GpuException)
        {
            // The failure that is on its way to the caller is the first one, and tells more.
            _failed = true;
        }
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _results.Dispose();
        _activations?.Dispose();
        _fixed?.Dispose();
        _scratch?.Dispose();
        _ownStream?.Dispose();
    }

    private static InvalidOperationException NotPrepared() => new("The run was not prepared.");

    private static GpuResidentData Resident(ResidentData data) =>
        data as GpuResidentData ?? throw new ArgumentException($"The data are those of another engine ({data.GetType().Name}).", nameof(data));

    private ReadOnlySpan<float> Losses(int loss)
    {
        if (_results.StartLosses(ActivationArray, Capacity))
        {
            _underWay = true;
            Settle();
        }

        return _results.Losses(loss);
    }

    private void Copy(Slot slot, Span<float> values)
    {
        ReadOnlySpan<float> staged = _results.Start(ActivationArray, (long)slot.Offset * Capacity, (long)slot.Elements * Samples);
        _underWay = true;
        Settle();
        staged.CopyTo(values);
    }

    private void Grow(ref DeviceArray<float>? array, long length, GpuProgram program, int samples)
    {
        length += GpuEngine.Guard;
        if (array is not null && array.Length >= length) return;
        array?.Dispose();
        array = null;
        array = _engine.Device.Allocate<float>(length, Transfers.Stream, $"the program '{program.Name}' of {_engine.Network} at a batch of {samples}");
        _underWay = true;
    }
}
