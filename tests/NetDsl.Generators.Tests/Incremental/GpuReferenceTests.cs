using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetDsl.Generators.Tests.Testing;
using Xunit;

namespace NetDsl.Generators.Tests.Incremental;

/// <summary>Programs for the GPU are written where its runtime is referenced, and nowhere else.</summary>
public class GpuReferenceTests
{
    private const string Network = "[Network, Input(4), Dense(3), CrossEntropy] partial class Net { int F() => 1; }";

    /// <summary>By this type the generator knows the runtime.</summary>
    private const string Runtime = "namespace NetDsl.Gpu { public sealed record GpuPrograms; }";

    [Fact]
    public void Without_the_runtime_there_is_no_file_of_its() =>
        Assert.DoesNotContain(Files(TestCompiler.Compile(Network)), file => file.Contains("Gpu", StringComparison.Ordinal));

    [Fact]
    public void With_the_runtime_each_network_has_its_programs_and_the_project_one_registration()
    {
        string[] files = Files(TestCompiler.Compile(Network, "[Network, Input(4), Dense(3)] partial class Other;", Runtime));
        Assert.Contains("Net.Gpu.g.cs", files);
        Assert.Contains("Other.Gpu.g.cs", files);
        Assert.Single(files, "NetDsl.Gpu.Module.g.cs");
    }

    [Fact]
    public void A_project_without_networks_gets_nothing() => Assert.Empty(Files(TestCompiler.Compile("class Nothing;", Runtime)));

    [Fact]
    public void An_edit_that_declares_nothing_leaves_the_programs_cached()
    {
        CSharpCompilation compilation = TestCompiler.Compile(Network, Runtime);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()],
            parseOptions: TestCompiler.ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)).RunGenerators(compilation);
        SyntaxTree edited = TestCompiler.Parse(Network.Replace("=> 1", "=> 2", StringComparison.Ordinal), TestCompiler.FileName);
        GeneratorRunResult result = driver.RunGenerators(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], edited)).GetRunResult().Results[0];
        foreach (string step in new[] { TrackingNames.GpuKernels, TrackingNames.GpuModule })
            Assert.All(result.TrackedSteps[step].SelectMany(run => run.Outputs), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    private static string[] Files(CSharpCompilation compilation) =>
    [
        .. CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: TestCompiler.ParseOptions)
            .RunGenerators(compilation).GetRunResult().Results[0].GeneratedSources.Select(file => file.HintName),
    ];
}
