using ILGPU;
using ILGPU.Runtime;

namespace NetDsl.Gpu;

/// <summary>
/// What a generated program works on during one run: views of the arenas, the batch, and launches of kernels in the order
/// of the run's stream. Every view is checked against its arena before a kernel gets it.
/// </summary>
public sealed class GpuFrame
{
    private readonly GpuRun _run;
    private readonly GpuEngine _engine;
    private readonly GpuDevice _device;
    private readonly AcceleratorStream _stream;

    internal GpuFrame(GpuRun run, GpuEngine engine, AcceleratorStream stream) =>
        (_run, _engine, _device, _stream) = (run, engine, engine.Device, stream);

    /// <summary>Samples in this run.</summary>
    public int Batch { get; internal set; }

    /// <summary>Samples that the activation arena is planned for; at least <see cref="Batch"/>.</summary>
    public int Capacity { get; internal set; }

    /// <summary>1 / (samples of the whole batch), by which losses become means.</summary>
    public float InverseBatch { get; internal set; }

    /// <summary>Keys of the random numbers of this step.</summary>
    public GpuRandom Random { get; internal set; }

    /// <summary>A part of the parameter arena.</summary>
    /// <param name="offset">First float.</param>
    /// <param name="length">Floats.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not within the arena.</exception>
    public ArrayView<float> Parameters(int offset, int length) => _engine.Parameters.At(offset, length);

    /// <summary>A part of the gradient arena, which has the layout of the parameters' leading part.</summary>
    /// <inheritdoc cref="Parameters"/>
    public ArrayView<float> Gradients(int offset, int length) => _engine.GradientArray.Part(offset, length);

    /// <summary>A part of the fixed arena.</summary>
    /// <inheritdoc cref="Parameters"/>
    public ArrayView<float> Fixed(int offset, int length) => _run.FixedArray.Part(offset, length);

    /// <summary>A per-sample tensor of this run: sample <c>i</c> starts at <c>i * elements</c>.</summary>
    /// <param name="offset">Floats per sample of capacity before it.</param>
    /// <param name="elements">Floats a sample.</param>
    /// <returns><see cref="Batch"/> times <paramref name="elements"/> floats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not within the arena.</exception>
    public ArrayView<float> Activation(int offset, int elements) =>
        _run.ActivationArray.Part((long)offset * Capacity, (long)Batch * elements);

    /// <summary>A part of a larger per-sample tensor: sample <c>i</c> starts at <c>i * stride</c>.</summary>
    /// <param name="offset">Floats per sample of capacity before the larger tensor.</param>
    /// <param name="start">First float of the part within each sample.</param>
    /// <param name="stride">Floats of the larger tensor a sample.</param>
    /// <param name="elements">Floats of the part a sample.</param>
    /// <returns>From the part's first float to its last: (<see cref="Batch"/> - 1) times the stride, and the elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not within the arena.</exception>
    public ArrayView<float> Activation(int offset, int start, int stride, int elements) =>
        _run.ActivationArray.Part(((long)offset * Capacity) + start, ((Batch - 1L) * stride) + elements);

    /// <summary>Integers of each sample, one a sample.</summary>
    /// <inheritdoc cref="Labels(int, int)"/>
    public ArrayView<int> Labels(int offset) => Labels(offset, 1);

    /// <summary>Integers of each sample, which lie in the activation arena as floats do.</summary>
    /// <param name="offset">Numbers per sample of capacity before them.</param>
    /// <param name="elements">Numbers a sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not within the arena.</exception>
    public ArrayView<int> Labels(int offset, int elements) => Activation(offset, elements).Cast<int>();

    /// <summary>Working memory: from the beginning of the run's scratch buffer.</summary>
    /// <param name="perSample">Floats for each sample of the batch.</param>
    /// <param name="fixedFloats">Floats beside them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The program's plan has less.</exception>
    public ArrayView<float> Scratch(int perSample, int fixedFloats) =>
        _run.ScratchArray.Part(0, ((long)perSample * Batch) + fixedFloats);

    /// <summary>Launches a kernel with a thread for each item, in whole groups.</summary>
    /// <param name="kernel">The kernel; it checks its index against the number of items, since the last group may be partial.</param>
    /// <param name="items">Items, at least 0; none launches nothing.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="GpuKernelException">The kernel does not compile or launch.</exception>
    public void Launch<TArguments>(GpuKernel<TArguments> kernel, long items, in TArguments arguments)
        where TArguments : struct
    {
        ArgumentNullException.ThrowIfNull(kernel);
        LoadedKernel<TArguments> loaded = _device.Load(kernel);
        CheckCount(kernel, items, "items");
        Launch(kernel, loaded, (int)((items + loaded.GroupSize - 1) / loaded.GroupSize), in arguments);
    }

    /// <summary>Launches a cooperative kernel, which is right for every size of groups.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="groups">Groups, at least 0; none launches nothing.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="GpuKernelException">The kernel does not compile or launch.</exception>
    public void LaunchGroups<TArguments>(GpuKernel<TArguments> kernel, long groups, in TArguments arguments)
        where TArguments : struct
    {
        ArgumentNullException.ThrowIfNull(kernel);
        CheckCount(kernel, groups, "groups");
        Launch(kernel, _device.Load(kernel), (int)groups, in arguments);
    }

    /// <summary>Launches the kernel that gathers and converts all columns of the run.</summary>
    /// <param name="kernel">The program's load kernel.</param>
    /// <param name="elementsPerSample">Elements of all columns together, for one sample.</param>
    /// <exception cref="GpuKernelException">The kernel does not compile or launch.</exception>
    public void Load(GpuKernel<LoadArguments> kernel, int elementsPerSample)
    {
        LoadArguments arguments = _run.LoadArguments();
        Launch(kernel, (long)Batch * elementsPerSample, in arguments);
    }

    /// <summary>Shows a layer's output to the observer, where there is one: copied to the host, after everything before it.</summary>
    /// <param name="layer">Index in the program's list of observed layers.</param>
    /// <param name="view">The tensor, from its first float to its last.</param>
    /// <param name="stride">Floats from one sample to the next.</param>
    public void Observe(int layer, ArrayView<float> view, int stride) => _run.Observe(layer, view, stride);

    private static void CheckCount(GpuKernel kernel, long count, string what)
    {
        if (count is < 0 or > int.MaxValue)
            throw new ArgumentOutOfRangeException(what, count, $"The kernel {kernel.Display} can have 0 to {int.MaxValue} {what} in a launch. A smaller batch has fewer.");
    }

    private void Launch<TArguments>(GpuKernel<TArguments> kernel, LoadedKernel<TArguments> loaded, int groups, in TArguments arguments)
        where TArguments : struct
    {
        if (groups == 0) return;
        try
        {
            _device.Observer?.Launching(kernel, _stream);
            loaded.Launch(_stream, groups, in arguments);
            _device.Observer?.Launched(kernel, _stream);
        }
        catch (AcceleratorException exception)
        {
            throw _device.LaunchFailed(kernel, exception);
        }

        _run.Transfers.Count.Launches++;
    }
}
