using NetDsl.Networks;

namespace NetDsl;

/// <summary>A tensor of a network's weights or state, where it lies.</summary>
public readonly struct ParameterView
{
    private readonly NetworkRuntime _runtime;
    private readonly ParameterTensor _tensor;

    internal ParameterView(NetworkRuntime runtime, ParameterTensor tensor)
    {
        _runtime = runtime;
        _tensor = tensor;
    }

    /// <summary>Its name in files: <c>Dense1/weight</c>.</summary>
    public string Path => _tensor.Path;

    /// <summary>Its extents: Dense weights are input x output, convolutions height x width x input x output.</summary>
    public ReadOnlySpan<int> Shape => _tensor.Shape;

    /// <summary>Number of elements.</summary>
    public int Length => _tensor.Elements;

    /// <summary>
    /// The elements themselves, in row-major order, for as long as the network is not disposed. On the CPU only. To set them there is
    /// <see cref="CopyFrom"/>, which tells the network that what it made of them is out of date.
    /// </summary>
    /// <exception cref="NotSupportedException">The network is on a device with memory of its own; use <see cref="CopyTo"/>.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public ReadOnlySpan<float> Span => _runtime.ParameterSpan(_tensor);

    /// <summary>Copies the elements out.</summary>
    /// <param name="destination"><see cref="Length"/> elements.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    public void CopyTo(Span<float> destination)
    {
        RequireLength(destination.Length, nameof(destination));
        _runtime.ReadParameters(_tensor, destination);
    }

    /// <summary>Sets the elements. Not while another thread predicts with the network.</summary>
    /// <param name="source"><see cref="Length"/> elements in row-major order.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> has another length.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        RequireLength(source.Length, nameof(source));
        _runtime.WriteParameters(_tensor, source);
    }

    /// <summary>A copy of the elements.</summary>
    public float[] ToArray()
    {
        float[] values = new float[Length];
        CopyTo(values);
        return values;
    }

    /// <summary>Copies the gradient out that the last <c>Gradients</c> or <c>Backward</c> left.</summary>
    /// <param name="destination"><see cref="Length"/> elements.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="InvalidOperationException">The tensor is not trainable.</exception>
    public void CopyGradientTo(Span<float> destination)
    {
        RequireLength(destination.Length, nameof(destination));
        _runtime.ReadGradients(_tensor, destination);
    }

    /// <summary>Sets the gradient that the next <c>Apply</c> uses: clipped, say, or averaged over processes.</summary>
    /// <param name="source"><see cref="Length"/> elements.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> has another length.</exception>
    /// <exception cref="InvalidOperationException">The tensor is not trainable.</exception>
    public void CopyGradientFrom(ReadOnlySpan<float> source)
    {
        RequireLength(source.Length, nameof(source));
        _runtime.WriteGradients(_tensor, source);
    }

    /// <summary>A copy of the gradient.</summary>
    /// <exception cref="InvalidOperationException">The tensor is not trainable.</exception>
    public float[] GradientToArray()
    {
        float[] values = new float[Length];
        CopyGradientTo(values);
        return values;
    }

    private void RequireLength(int length, string argument)
    {
        if (length != Length)
            throw new ArgumentException($"'{argument}' has {length} elements; the tensor {Path} has {Length} ({Extents.Show(Shape)}).", argument);
    }
}
