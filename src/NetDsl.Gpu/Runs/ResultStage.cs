using ILGPU;
using NetDsl.Cpu;
using NetDsl.Engines;

namespace NetDsl.Gpu;

/// <summary>Results of one run on their way to the host.</summary>
internal sealed unsafe class ResultStage(GpuDevice device, GpuTransfers transfers) : IDisposable
{
    private readonly HostBuffer _losses = new(device);
    private readonly HostBuffer _values = new(device);
    private GpuProgram? _program;
    private int _samples;
    private bool _hasLosses;

    /// <summary>Makes room for the losses of a run.</summary>
    public void Prepare(GpuProgram program, int samples)
    {
        (_program, _samples, _hasLosses) = (program, samples, false);
        _losses.Grow((long)program.Losses.Length * samples * sizeof(float));
    }

    /// <summary>The program is about to run again.</summary>
    public void Forget() => _hasLosses = false;

    /// <summary>Starts the copies of all losses, once a run.</summary>
    /// <returns>Whether it did, so that they are there only after the stream has come this far.</returns>
    public bool StartLosses(DeviceArray<float> activations, int capacity)
    {
        if (_hasLosses) return false;
        for (int loss = 0; loss < _program!.Losses.Length; loss++)
        {
            Slot slot = _program.Losses[loss];
            if (slot.Offset < 0) continue;
            long bytes = (long)_samples * sizeof(float);
            transfers.Download(activations.Buffer, (long)slot.Offset * capacity * sizeof(float), _losses.Pointer + (loss * bytes), bytes);
        }

        _hasLosses = true;
        return true;
    }

    /// <summary>A loss of each sample.</summary>
    public ReadOnlySpan<float> Losses(int loss) => new((float*)_losses.Pointer + ((long)loss * _samples), _samples);

    /// <summary>Starts the copy of floats of the arena; they are there when the stream has come this far.</summary>
    public ReadOnlySpan<float> Start(DeviceArray<float> activations, long offset, long length)
    {
        _values.Grow(length * sizeof(float));
        transfers.Download(activations.Buffer, offset * sizeof(float), _values.Pointer, length * sizeof(float));
        return new ReadOnlySpan<float>(_values.Pointer, checked((int)length));
    }

    /// <summary>Starts the copy of a view; it is there when the stream has come this far.</summary>
    public Floats Start(ArrayView<float> view)
    {
        _values.Grow(view.Length * sizeof(float));
        Download(view, view.Length * sizeof(float));
        return new Floats((float*)_values.Pointer);
    }

    public void Dispose()
    {
        _losses.Dispose();
        _values.Dispose();
    }

    // Buffer and index of a view are to be had through its interface alone.
    private void Download<TView>(TView view, long bytes)
        where TView : IContiguousArrayView =>
        transfers.Download(view.Buffer, view.IndexInBytes, _values.Pointer, bytes);
}
