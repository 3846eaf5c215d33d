using ILGPU.Runtime;
using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Gpu;

/// <summary>A network on a device of ILGPU: its arenas as device buffers, its programs as launches, a stream for each run.</summary>
internal sealed unsafe class GpuEngine : Engine
{
    /// <summary>Floats behind the last one of an arena, so that a vector may be read at any element.</summary>
    public const int Guard = 16;

    /// <summary>Activations of a prediction chunk: enough samples to fill a device, a small part of its memory.</summary>
    private const int PredictionBytes = 64 << 20;

    /// <summary>The most of the free memory that a resident data set takes.</summary>
    private const double ResidentShare = 0.5;

    private readonly GpuPrograms _programs;
    private readonly AcceleratorStream _stream;
    private readonly GpuTransfers _transfers;
    private readonly GpuOptimizer _optimizer;
    private readonly GpuRun?[] _pool;
    private readonly GpuTransfers _parameterTransfers;
    private readonly Lock _parameterLock = new();
    private readonly GpuEngine? _outer;
    private GpuRun? _training;
    private long _changes;
    private long _settled;
    private GpuCount _counted;

    /// <exception cref="GpuMemoryException">The parameters do not fit.</exception>
    public GpuEngine(GpuDevice device, GpuPrograms programs, NetworkInfo info)
        : this(device, programs, info, null, 0)
    {
    }

    private GpuEngine(GpuDevice device, GpuPrograms programs, NetworkInfo info, GpuEngine? outer, int offset)
    {
        (Device, _programs, Network, _outer) = (device, programs, info.Name, outer);

        // Networks within one another train on one stream: a step of one sees the last step of the other.
        _stream = outer?._stream ?? device.Accelerator.CreateStream();
        _transfers = new GpuTransfers(device, _stream, Network);
        _parameterTransfers = new GpuTransfers(device, _stream, Network);
        _pool = new GpuRun?[Math.Max(4, 2 * Environment.ProcessorCount)];
        try
        {
            Parameters = outer is null
                ? new DevicePiece(device.Allocate<float>((long)info.ParameterFloats + Guard, _stream, $"the parameters of {Network}"))
                : outer.Parameters.Part(offset, info.ParameterFloats);
            GradientArray = device.Allocate<float>((long)info.TrainableFloats + Guard, _stream, $"the gradients of {Network}");
            _optimizer = new GpuOptimizer(this, _transfers, info);
            _transfers.Synchronize("clearing the parameters");
        }
        catch
        {
            GradientArray?.Dispose();
            if (outer is null)
            {
                Parameters?.Array.Dispose();
                _stream.Dispose();
            }

            throw;
        }

        long sampleBytes = Math.Max(1, (long)programs.Predict.ActivationFloats * sizeof(float));
        PredictionBatch = (int)Math.Clamp(PredictionBytes / sampleBytes, 8, 1024);
    }

    public GpuDevice Device { get; }

    /// <summary>The network's name, for messages.</summary>
    public string Network { get; }

    /// <summary>The parameters.</summary>
    public DevicePiece Parameters { get; }

    public DeviceArray<float> GradientArray { get; }

    public override string Description => Device.Description;

    public override int PredictionBatch { get; }

    public override long OptimizerSteps => _optimizer.Steps;

    /// <summary>What was asked of the device so far.</summary>
    public GpuStatistics Statistics => new(
        Interlocked.Read(ref _counted.Launches),
        Interlocked.Read(ref _counted.Uploads),
        Interlocked.Read(ref _counted.UploadedBytes),
        Interlocked.Read(ref _counted.Downloads),
        Interlocked.Read(ref _counted.DownloadedBytes));

    public override EngineRun RentTraining(ProgramKind kind, int samples)
    {
        GpuProgram program = Program(kind, 0);
        _training ??= new GpuRun(this, _stream, keepsCapacity: true);
        _training.Prepare(program, samples);
        return _training;
    }

    public override EngineRun Rent(ProgramKind kind, int entry, int samples)
    {
        GpuProgram program = Program(kind, entry);
        // The optimizer's last step runs on the stream of the training.
        Outermost.SettleParameters();
        GpuRun? run = null;
        for (int i = 0; i < _pool.Length && run is null; i++)
            run = Interlocked.Exchange(ref _pool[i], null);
        run ??= new GpuRun(this, null, keepsCapacity: false);
        try
        {
            run.Prepare(program, samples);
        }
        catch
        {
            run.Dispose();
            throw;
        }

        return run;
    }

    /// <summary>Back into the pool, or away where it is full (it had more users at once than slots) or broken.</summary>
    public void Return(GpuRun run)
    {
        if (run.IsBroken) run.Abandon();
        else run.Settle();
        Count(ref run.Transfers.Count);
        if (run == _training) return;
        if (!run.IsBroken)
        {
            for (int i = 0; i < _pool.Length; i++)
                if (Interlocked.CompareExchange(ref _pool[i], run, null) is null) return;
        }

        run.Dispose();
    }

    public override ResidentData? TryReside(IReadOnlyList<StoredColumn> inputs, IReadOnlyList<StoredColumn> targets)
    {
        using AcceleratorStream stream = Device.Accelerator.CreateStream();
        GpuTransfers transfers = new(Device, stream, Network);
        GpuResidentData? data = GpuResidentData.TryCreate(Device, transfers, [.. inputs, .. targets], ResidentShare);
        Count(ref transfers.Count);
        return data;
    }

    public override Engine Part(EngineRequest request, int offset) => request.DevicePrograms?.Invoke() is GpuPrograms programs
        ? new GpuEngine(Device, programs, request.Info, this, offset)
        : throw new InvalidOperationException($"{request.Info.Name} has no programs for the device '{Description}'.");

    public override void Apply(Optimizer optimizer)
    {
        _optimizer.Apply(optimizer);
        Count(ref _transfers.Count);
        Interlocked.Increment(ref Outermost._changes);
    }

    public override void ReadParameters(int offset, Span<float> destination) => Read(Parameters, offset, destination);

    public override void WriteParameters(int offset, ReadOnlySpan<float> source) => Write(Parameters, offset, source);

    public override void ReadGradients(int offset, Span<float> destination) => Read(new DevicePiece(GradientArray), offset, destination);

    public override void WriteGradients(int offset, ReadOnlySpan<float> source) => Write(new DevicePiece(GradientArray), offset, source);

    public override ReadOnlySpan<float> ParameterSpan(int offset, int length) =>
        throw new NotSupportedException($"The parameters of {Network} lie in the memory of the device '{Description}', which the program cannot reach: use CopyTo, CopyFrom or ToArray.");

    public override long TrainingActivationBytes(int samples)
    {
        if (_programs.Train is not { } program) return 0;
        if (_training?.Capacity == samples) return _training.ActivationBytes;
        using GpuRun run = new(this, null, keepsCapacity: true);
        run.Prepare(program, samples);
        run.Settle();
        return run.ActivationBytes;
    }

    public override long PlannedActivationBytes(int samples) => (_programs.Train?.ActivationFloats ?? 0L) * samples * sizeof(float);

    public override long WrittenBytes(int samples) => (_programs.Train?.WrittenFloats ?? 0L) * samples * sizeof(float);

    protected override void Dispose(bool disposing)
    {
        // Memory goes when nothing that could touch it is under way any more; then the streams.
        try
        {
            _transfers.Synchronize("the last work");
        }
        catch (GpuException)
        {
            // Nobody waits for its results any more, and what can be freed is freed below.
        }

        _training?.Dispose();
        foreach (GpuRun? run in _pool) run?.Dispose();
        _optimizer.Dispose();
        GradientArray.Dispose();
        if (_outer is not null) return;
        Parameters.Array.Dispose();
        _stream.Dispose();
    }

    private GpuEngine Outermost => _outer is null ? this : _outer.Outermost;

    private GpuProgram Program(ProgramKind kind, int entry) =>
        _programs.Find(kind, entry) ?? throw new InvalidOperationException(kind == ProgramKind.Generate ? Sentences.WritesNothing(Network) : Sentences.NoLoss(Network));

    /// <summary>Waits for changes of the parameters that are under way on the training's stream.</summary>
    private void SettleParameters()
    {
        long changes = Interlocked.Read(ref _changes);
        if (Interlocked.Read(ref _settled) >= changes) return;
        _transfers.Synchronize("the optimizer's step");
        // Another thread may have settled later changes meanwhile.
        long settled;
        while ((settled = Interlocked.Read(ref _settled)) < changes && Interlocked.CompareExchange(ref _settled, changes, settled) != settled)
        {
        }
    }

    private void Read(DevicePiece piece, int offset, Span<float> destination)
    {
        _ = piece.Part(offset, destination.Length);
        lock (_parameterLock)
        {
            fixed (float* target = destination)
            {
                _parameterTransfers.Download(piece.Array.Buffer, (piece.Offset + offset) * sizeof(float), target, (long)destination.Length * sizeof(float));
                _parameterTransfers.Synchronize("reading the parameters");
            }

            Count(ref _parameterTransfers.Count);
        }
    }

    private void Write(DevicePiece piece, int offset, ReadOnlySpan<float> source)
    {
        _ = piece.Part(offset, source.Length);
        lock (_parameterLock)
        {
            fixed (float* values = source)
            {
                _parameterTransfers.Upload(values, piece.Array.Buffer, (piece.Offset + offset) * sizeof(float), (long)source.Length * sizeof(float));
                _parameterTransfers.Synchronize("writing the parameters");
            }

            Count(ref _parameterTransfers.Count);
        }
    }

    /// <summary>Adds a thread's counters to the network's and begins them again.</summary>
    private void Count(ref GpuCount count)
    {
        Interlocked.Add(ref _counted.Launches, count.Launches);
        Interlocked.Add(ref _counted.Uploads, count.Uploads);
        Interlocked.Add(ref _counted.UploadedBytes, count.UploadedBytes);
        Interlocked.Add(ref _counted.Downloads, count.Downloads);
        Interlocked.Add(ref _counted.DownloadedBytes, count.DownloadedBytes);
        count = default;
    }
}
