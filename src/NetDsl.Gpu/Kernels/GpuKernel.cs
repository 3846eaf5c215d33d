using System.Reflection;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace NetDsl.Gpu;

/// <summary>A kernel of generated code: which method, for which layer, in groups of how many threads.</summary>
public abstract class GpuKernel
{
    private static int s_count;

    private protected GpuKernel(string name, string layer, int groupSize, MethodInfo method)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentOutOfRangeException.ThrowIfLessThan(groupSize, 1);
        if (!method.IsStatic) throw new ArgumentException($"The kernel {name} must be a static method.", nameof(method));
        (Name, Layer, GroupSize, Method) = (name, layer, groupSize, method);
        Id = Interlocked.Increment(ref s_count) - 1;
    }

    /// <summary>The kernel's name in generated code.</summary>
    public string Name { get; }

    /// <summary>Path of the layer, for messages.</summary>
    public string Layer { get; }

    /// <summary>Threads of a group; fewer where the device allows fewer.</summary>
    public int GroupSize { get; }

    /// <summary>The kernel's code, an explicitly grouped kernel in ILGPU's terms.</summary>
    public MethodInfo Method { get; }

    /// <summary>Index in the tables of loaded kernels, one number for each descriptor of the process.</summary>
    internal int Id { get; }

    /// <summary>The name as messages show it: <c>DenseForward_64 (Dense1)</c>.</summary>
    internal string Display => Layer.Length == 0 ? Name : $"{Name} ({Layer})";
}

/// <summary>A kernel whose arguments are one structure. A descriptor only: nothing is compiled before the first launch.</summary>
/// <param name="name">The kernel's name in generated code.</param>
/// <param name="layer">Path of the layer, for messages.</param>
/// <param name="groupSize">Threads of a group, at least 1.</param>
/// <param name="method">A static method.</param>
/// <param name="plain">
/// What a CUDA device before compute capability 8.0 runs instead, where <paramref name="method"/> has instructions for tensor
/// cores that its assembler refuses; the same groups. <see langword="null"/>: <paramref name="method"/> itself.
/// </param>
/// <typeparam name="TArguments">The arguments: views and numbers.</typeparam>
/// <exception cref="ArgumentException"><paramref name="method"/> is not static, or <paramref name="name"/> is empty.</exception>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="groupSize"/> is less than 1.</exception>
public sealed class GpuKernel<TArguments>(string name, string layer, int groupSize, Action<TArguments> method, Action<TArguments>? plain = null)
    : GpuKernel(name, layer, groupSize, method.Method)
    where TArguments : struct
{
    /// <summary>What a device runs.</summary>
    internal Action<TArguments> ActionFor(Accelerator accelerator) =>
        plain is not null && accelerator is CudaAccelerator cuda && cuda.Architecture < CudaArchitecture.SM_80 ? plain : method;
}
