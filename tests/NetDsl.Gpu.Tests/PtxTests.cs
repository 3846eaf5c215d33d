using System.Globalization;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using NetDsl.Gpu.Tests.Tiny;
using Xunit;

namespace NetDsl.Gpu.Tests;

/// <summary>The library's own kernels and functions as code for CUDA, compiled without a device.</summary>
public class PtxTests
{
    public static TheoryData<string> Kernels => [.. All.Keys];

    private static Dictionary<string, GpuKernel> All
    {
        get
        {
            Dictionary<string, GpuKernel> kernels = new()
            {
                ["optimizer Sgd"] = OptimizerKernels.Sgd,
                ["optimizer Momentum"] = OptimizerKernels.Momentum,
                ["optimizer Adam"] = OptimizerKernels.Adam,
                ["norm SquareSums"] = NormKernels.SquareSums,
                ["norm ClipScale"] = NormKernels.ClipScale,
                ["norm Limit"] = LimitKernels.Limit,
            };
            foreach ((string name, GpuKernel kernel) in MathTests.Kernels.Select(pair => (pair.Key, (GpuKernel)pair.Value))) kernels.Add($"math {name}", kernel);
            foreach (GpuKernel kernel in TinyGpu.Programs.Predict.Kernels) kernels.Add($"tiny {kernel.Name}", kernel);
            return kernels;
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_needs_no_function_from_outside_and_no_local_memory(string name)
    {
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        using PTXBackend backend = new(context, CudaArchitecture.SM_90, CudaInstructionSet.ISA_78, null!);
        PTXCompiledKernel compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(All[name].Method), KernelSpecialization.Empty);
        string code = compiled.PTXAssembly;
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $".entry {compiled.Name}"), code, StringComparison.Ordinal);
        Assert.DoesNotContain(".extern .func", code, StringComparison.Ordinal);
        Assert.DoesNotContain(".local", code, StringComparison.Ordinal);
        // The hardware's own functions are approximate.
        foreach (string instruction in (string[])["ex2.", "lg2.", "tanh.", "sin.", "cos.", "div.approx", "div.full", "sqrt.approx"])
            Assert.DoesNotContain(instruction, code, StringComparison.Ordinal);
    }
}
