using System.Reflection;
using NetDsl.Conformance.Devices;
using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Engines;
using NetDsl.Gpu;

namespace NetDsl.Conformance.Ilgpu.Ptx;

/// <summary>Networks whose kernels are compiled for CUDA: those of the samples, and richer ones.</summary>
internal static class PtxNetworks
{
    private static readonly string[] s_richer =
    [
        "Residual with projection",
        "Residual with activation, repeated",
        "BatchNorm behind Conv2D",
        "LayerNorm with GELU",
        "Dropout, then BatchNorm",
        "Both pools of one tensor",
        "Both global pools of one tensor",
        "AveragePool2D 3 with pad 1, stride 2",
        "Conv2D dilation 3, pad 2, stride 2",
        "Conv2D from 32 channels to 64 filters",
        "Smooth activations one after the other",
        "Three losses at three depths",
        "CrossEntropy of rows",
        "BinaryCrossEntropy after Sigmoid",
        "Concat of channels",
        "Dense with widths of whole tiles",
        "Rescale, then Standardize",
    ];

    /// <summary>Types of the samples' networks, by their names.</summary>
    public static IReadOnlyDictionary<string, Type> Samples { get; } = new Dictionary<string, Type>
    {
        [nameof(XorNet)] = typeof(XorNet),
        [nameof(MnistMlp)] = typeof(MnistMlp),
        [nameof(MnistCnn)] = typeof(MnistCnn),
    };

    public static IEnumerable<string> Names => Samples.Keys.Concat(s_richer);

    /// <summary>A network's programs for the GPU.</summary>
    public static GpuPrograms ProgramsOf(string name) =>
        ProgramsOf(Samples.TryGetValue(name, out Type? sample) ? sample : LoadedNetwork.Of(NetworkFamilies.Find(name), new OnIlgpu()).Type);

    /// <summary>The distinct kernels of a network, in the order of their names.</summary>
    public static IReadOnlyList<GpuKernel> KernelsOf(string name) =>
        [.. ProgramsOf(name).All.SelectMany(program => program.Kernels).Distinct().OrderBy(kernel => kernel.Name, StringComparer.Ordinal)];

    private static GpuPrograms ProgramsOf(Type network)
    {
        MethodInfo core = network.GetMethod("GpuProgramsCore", BindingFlags.NonPublic | BindingFlags.Static)
            ?? throw new InvalidOperationException($"{network} has no programs for the GPU.");
        object?[] arguments = [null];
        core.Invoke(null, arguments);
        return (GpuPrograms)((Func<DevicePrograms>)arguments[0]!)();
    }
}
