using NetDsl.Cpu;
using NetDsl.Engines;
using NetDsl.Files;

namespace NetDsl.Networks;

/// <summary>
/// What every generated network is made of: its memory on a device, its programs, and all that does not depend on its layers.
/// </summary>
public sealed partial class NetworkRuntime : IDisposable
{
    private readonly string _why;
    private readonly NetworkRuntime? _outer;
    private readonly Lock _partsLock = new();
    private NetworkRuntime?[] _parts = [];
    private readonly long _seed;
    private int _disposed;

    // The owner and every run under way hold the engine; the last one to leave releases it, so that Dispose during another
    // thread's prediction frees no memory under its feet.
    private int _holders = 1;

    private NetworkRuntime(NetworkInfo info, CpuPrograms programs, Func<DevicePrograms>? devicePrograms, NetworkOptions options)
    {
        Info = info;
        _seed = options.Seed;
        int threads = options.Threads > 0 ? options.Threads : WorkerTeam.DefaultThreads;
        (Engine, _why) = EngineRegistry.Create(options.Device, new EngineRequest(info, programs, devicePrograms, threads));
    }

    private NetworkRuntime(NetworkRuntime outer, int offset, EngineRequest request)
    {
        (Info, _outer, _seed, _why) = (request.Info, outer, outer._seed, outer._why);
        outer.Enter();
        try
        {
            Engine = outer.Engine.Part(request, offset);
        }
        catch
        {
            outer.Exit();
            throw;
        }
    }

    /// <summary>What the compiler knows of the network.</summary>
    public NetworkInfo Info { get; }

    /// <summary>Samples that a prediction computes at a time.</summary>
    public int PredictionBatch => Engine.PredictionBatch;

    /// <summary>The device in words, and why it is this one: <c>CPU, 8 threads, 512-bit vectors (as asked)</c>.</summary>
    public string DeviceDescription => $"{Engine.Description} ({_why})";

    internal Engine Engine { get; }

    internal long Seed => _seed;

    /// <summary>A network with initial weights.</summary>
    /// <param name="info">The network.</param>
    /// <param name="programs">Its programs for the CPU.</param>
    /// <param name="options">Device, seed and threads; defaults for <see langword="null"/>.</param>
    /// <param name="devicePrograms">Its programs for another kind of device, where they were generated.</param>
    /// <exception cref="InvalidOperationException">The device was asked for by name and does not answer.</exception>
    public static NetworkRuntime Create(NetworkInfo info, CpuPrograms programs, NetworkOptions? options, Func<DevicePrograms>? devicePrograms = null)
    {
        NetworkRuntime runtime = new(info, programs, devicePrograms, options ?? new NetworkOptions());
        float[] values = new float[info.Parameters.Length == 0 ? 0 : info.Parameters.Max(tensor => tensor.Elements)];
        foreach (ParameterTensor tensor in info.Parameters)
        {
            Span<float> part = values.AsSpan(0, tensor.Elements);
            ParameterInitializer.Fill(tensor, runtime._seed, part);
            runtime.Engine.WriteParameters(tensor.Offset, part);
        }

        return runtime;
    }

    /// <summary>A network with the weights of a file that <see cref="Save"/> wrote.</summary>
    /// <param name="info">The network.</param>
    /// <param name="programs">Its programs for the CPU.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">Device, seed and threads; defaults for <see langword="null"/>.</param>
    /// <param name="devicePrograms">Its programs for another kind of device, where they were generated.</param>
    /// <exception cref="WeightFileException">The file is damaged, or of another network.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static NetworkRuntime Load(NetworkInfo info, CpuPrograms programs, string path, NetworkOptions? options, Func<DevicePrograms>? devicePrograms = null)
    {
        // Read and checked as a whole before there is a network.
        float[][] tensors = WeightFile.Read(path, info);
        NetworkRuntime runtime = new(info, programs, devicePrograms, options ?? new NetworkOptions());
        for (int i = 0; i < tensors.Length; i++)
            runtime.Engine.WriteParameters(info.Parameters[i].Offset, tensors[i]);
        return runtime;
    }

    /// <summary>
    /// A network that was inserted into this one, over the same weights: what one learns, the other knows. It has gradients and an optimizer's state of its own, only one
    /// of the two trains at a time, and it is released with this one.
    /// </summary>
    /// <param name="index">Which of them.</param>
    /// <param name="offset">Its first float in this one's parameter arena.</param>
    /// <param name="info">The network.</param>
    /// <param name="programs">Its programs for the CPU.</param>
    /// <param name="devicePrograms">Its programs for another kind of device, where they were generated.</param>
    /// <exception cref="ObjectDisposedException">This network was disposed.</exception>
    public NetworkRuntime Part(int index, int offset, NetworkInfo info, CpuPrograms programs, Func<DevicePrograms>? devicePrograms)
    {
        lock (_partsLock)
        {
            if (Volatile.Read(ref _disposed) != 0) throw WasDisposed();
            if (index >= _parts.Length) Array.Resize(ref _parts, index + 1);
            return _parts[index] ??= new NetworkRuntime(this, offset, new EngineRequest(info, programs, devicePrograms, Threads: 0));
        }
    }

    /// <summary>
    /// Writes all weights and state in the safetensors format. The file is written beside, flushed to the disk and renamed,
    /// so that at any moment there is the old file or the new one, whole. The optimizer's state is not part of it.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using Hold hold = new(this);
        WeightFile.Write(path, Info, Engine.ReadParameters);
    }

    /// <summary>The table of layers, and what a training step needs of memory.</summary>
    /// <param name="batchSize">Samples of the step, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public string Summary(int batchSize = 32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using Hold hold = new(this);
        return NetworkSummary.Write(Info, Engine, DeviceDescription, batchSize);
    }

    /// <summary>A tensor of the parameter arena.</summary>
    /// <param name="index">Index in <see cref="NetworkInfo.Parameters"/>.</param>
    public ParameterView Parameter(int index) => new(this, Info.Parameters[index]);

    /// <summary>Releases the memory and the workers; runs under way on other threads end first. Calling it again does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        lock (_partsLock)
        {
            foreach (NetworkRuntime? part in _parts) part?.Dispose();
        }

        Exit();
    }

    internal void ReadParameters(ParameterTensor tensor, Span<float> destination)
    {
        using Hold hold = new(this);
        Engine.ReadParameters(tensor.Offset, destination);
    }

    internal void WriteParameters(ParameterTensor tensor, ReadOnlySpan<float> source)
    {
        using Hold hold = new(this);
        Engine.WriteParameters(tensor.Offset, source);
    }

    internal void ReadGradients(ParameterTensor tensor, Span<float> destination)
    {
        RequireTrainable(tensor);
        using Hold hold = new(this);
        Engine.ReadGradients(tensor.Offset, destination);
    }

    internal void WriteGradients(ParameterTensor tensor, ReadOnlySpan<float> source)
    {
        RequireTrainable(tensor);
        using Hold hold = new(this);
        Engine.WriteGradients(tensor.Offset, source);
    }

    internal ReadOnlySpan<float> ParameterSpan(ParameterTensor tensor)
    {
        if (Volatile.Read(ref _disposed) != 0) throw WasDisposed();
        return Engine.ParameterSpan(tensor.Offset, tensor.Elements);
    }

    /// <summary>Holds the engine until <see cref="Exit"/>.</summary>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    internal void Enter()
    {
        while (true)
        {
            int holders = Volatile.Read(ref _holders);
            if (holders == 0 || Volatile.Read(ref _disposed) != 0)
                throw WasDisposed();
            if (Interlocked.CompareExchange(ref _holders, holders + 1, holders) == holders) return;
        }
    }

    internal void Exit()
    {
        if (Interlocked.Decrement(ref _holders) != 0) return;
        Engine.Dispose();
        _outer?.Exit();
    }

    /// <summary>The engine is held while this is in scope.</summary>
    private readonly ref struct Hold : IDisposable
    {
        private readonly NetworkRuntime _runtime;

        public Hold(NetworkRuntime runtime)
        {
            runtime.Enter();
            _runtime = runtime;
        }

        public void Dispose() => _runtime.Exit();
    }

    private ObjectDisposedException WasDisposed() => new(Info.Name, $"The network {Info.Name} was disposed.");

    private static void RequireTrainable(ParameterTensor tensor)
    {
        if (tensor.Role != ParameterRole.Trainable)
            throw new InvalidOperationException($"The tensor {tensor.Path} is {(tensor.Role == ParameterRole.Frozen ? "frozen" : "state")} and has no gradient.");
    }
}
