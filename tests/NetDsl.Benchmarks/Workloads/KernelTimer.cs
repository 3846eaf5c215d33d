using System.Diagnostics;
using ILGPU.Runtime;
using NetDsl.Gpu;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>
/// Times each launch: between two events of the device where it has them, else by waiting for the stream before and after,
/// which adds the time of handing a launch over.
/// </summary>
internal sealed class KernelTimer(bool events) : ILaunchObserver
{
    private readonly OrderedDictionary<string, (string Layer, List<double> Times)> _kernels = new(StringComparer.Ordinal);
    private readonly List<(GpuKernel Kernel, ProfilingMarker Begin, ProfilingMarker End)> _marked = [];
    private ProfilingMarker? _begin;
    private long _started;

    public void Launching(GpuKernel kernel, AcceleratorStream stream)
    {
        if (events)
        {
            _begin = stream.AddProfilingMarker();
            return;
        }

        stream.Synchronize();
        _started = Stopwatch.GetTimestamp();
    }

    public void Launched(GpuKernel kernel, AcceleratorStream stream)
    {
        if (events)
        {
            _marked.Add((kernel, _begin!, stream.AddProfilingMarker()));
            return;
        }

        stream.Synchronize();
        Add(kernel, Stopwatch.GetElapsedTime(_started).TotalMicroseconds);
    }

    /// <summary>Each kernel's launches in a step and its median, in the order of the first step.</summary>
    /// <param name="steps">Steps that ran under this timer.</param>
    public IReadOnlyList<KernelFigure> Figures(int steps)
    {
        foreach ((GpuKernel kernel, ProfilingMarker begin, ProfilingMarker end) in _marked)
        {
            end.Synchronize();
            Add(kernel, end.MeasureFrom(begin).TotalMicroseconds);
            begin.Dispose();
            end.Dispose();
        }

        _marked.Clear();
        return [.. _kernels.Select(kernel => new KernelFigure(kernel.Key, kernel.Value.Layer, (double)kernel.Value.Times.Count / steps, Median.Of(kernel.Value.Times)))];
    }

    private void Add(GpuKernel kernel, double microseconds)
    {
        if (!_kernels.TryGetValue(kernel.Name, out (string Layer, List<double> Times) known)) _kernels.Add(kernel.Name, known = (kernel.Layer, []));
        known.Times.Add(microseconds);
    }
}

/// <summary>One kernel in a step.</summary>
/// <param name="Name">Its name in generated code.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Launches">Launches in a step.</param>
/// <param name="Microseconds">The median of a launch on the device.</param>
internal sealed record KernelFigure(string Name, string Layer, double Launches, double Microseconds);
