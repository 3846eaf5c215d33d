using NetDsl.Gpu;
using Xunit;

namespace NetDsl.Conformance.Ilgpu.Ptx;

/// <summary>Every kernel of the networks as code for CUDA.</summary>
public class PtxTests
{
    /// <summary>
    /// About 1000 statements of C#: there ILGPU and the driver take 1.3 s each, and 40 s and 12 s at five times as many. A tile whose
    /// every element gets a long chain of activations comes near it.
    /// </summary>
    private const int InstructionBudget = 5000;

    /// <summary>What a kernel of the samples may have.</summary>
    private const int SampleBudget = 2000;

    public static TheoryData<string> Networks => [.. PtxNetworks.Names];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_kernel_compiles_without_outside_functions_or_local_memory_and_within_the_budget(string network)
    {
        IReadOnlyList<GpuKernel> kernels = PtxNetworks.KernelsOf(network);
        Assert.NotEmpty(kernels);
        int budget = PtxNetworks.Samples.ContainsKey(network) ? SampleBudget : InstructionBudget;
        Assert.All(kernels, kernel =>
        {
            PtxCode code = PtxCode.Of(kernel);
            Assert.Contains($".entry {code.Entry}", code.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(".extern .func", code.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(".local", code.Text, StringComparison.Ordinal);
            Assert.InRange(code.Instructions, 1, budget);
        });
    }
}
