using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using NetDsl.Gpu;

namespace NetDsl.Conformance.Ilgpu.Ptx;

/// <summary>A kernel as code for CUDA, compiled without a device: compute capability 9.0, PTX ISA 7.8.</summary>
/// <param name="Entry">Name of the entry point.</param>
/// <param name="Text">The module.</param>
internal sealed partial record PtxCode(string Entry, string Text)
{
    private static readonly ConcurrentDictionary<GpuKernel, Lazy<PtxCode>> s_known = new();

    /// <summary>Instructions: lines that end in a semicolon and are no directive.</summary>
    public int Instructions => InstructionLine().Count(Text);

    /// <summary>The code of a kernel, compiled once in this process.</summary>
    public static PtxCode Of(GpuKernel kernel) => s_known.GetOrAdd(kernel, key => new Lazy<PtxCode>(() => Compile(key))).Value;

    private static PtxCode Compile(GpuKernel kernel)
    {
        // A context for each: one in which a kernel failed to compile is of no more use.
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        using PTXBackend backend = new(context, CudaArchitecture.SM_90, CudaInstructionSet.ISA_78, null!);
        var compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method), KernelSpecialization.Empty);
        return new PtxCode(compiled.Name, compiled.PTXAssembly);
    }

    [GeneratedRegex(@"^\s*(@!?%p\d+\s+)?[a-z][a-z0-9_.]*\b[^\n]*;", RegexOptions.Multiline)]
    private static partial Regex InstructionLine();
}
