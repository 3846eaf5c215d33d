using Xunit;

namespace NetDsl.Conformance.Ilgpu.Ptx;

/// <summary>How many kernels the samples' programs have. A change that makes more of them shows here.</summary>
public class SampleKernelTests
{
    [Theory]
    [InlineData(nameof(XorNet), "train 9, evaluate 6, predict 3")]
    [InlineData(nameof(MnistMlp), "train 7, evaluate 5, predict 4")]
    [InlineData(nameof(MnistCnn), "train 13, evaluate 7, predict 6")]
    public void The_programs_of_a_sample_have_as_many_distinct_kernels_as_expected(string network, string expected) =>
        Assert.Equal(expected, string.Join(", ", PtxNetworks.ProgramsOf(network).All.Take(3).Select(program => $"{program.Name} {program.Kernels.Distinct().Count()}")));
}
