using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Tests.Testing;
using Xunit;

namespace NetDsl.Generators.Tests.Diagnostics;

/// <summary>What a user can and cannot turn off, and what stays reported where analyzers are off.</summary>
public class ConfigurationTests
{
    private const string Error = "[Network, Input(4), Dense(0), CrossEntropy] partial class Net;";
    private const string Warning = "[Network, Input(8, 8, 3), Dense(3), Flatten, Dense(3), CrossEntropy] partial class Net;";

    [Fact]
    public async Task AnErrorCannotBeTurnedOff()
    {
        Assert.Equal([DiagnosticIds.ArgumentRange], await IdsAsync(Suppressing(Error, DiagnosticIds.ArgumentRange)));
        Assert.Equal([DiagnosticIds.ArgumentRange], await IdsAsync(TestCompiler.Compile($"#pragma warning disable {DiagnosticIds.ArgumentRange}\n{Error}\n#pragma warning restore {DiagnosticIds.ArgumentRange}")));
    }

    [Fact]
    public async Task AWarningCan()
    {
        Assert.Equal([DiagnosticIds.DenseOnImage], await IdsAsync(TestCompiler.Compile(Warning)));
        Assert.Empty(await IdsAsync(Suppressing(Warning, DiagnosticIds.DenseOnImage)));
        Assert.Empty(await IdsAsync(TestCompiler.Compile($"#pragma warning disable {DiagnosticIds.DenseOnImage}\n{Warning}")));
    }

    [Fact]
    public async Task TheOrderOfClassesAndFilesDoesNotMatter()
    {
        const string network = "[Network, Input(4), Block<B>(0), CrossEntropy] partial class Net;";
        const string block = "[Block, Dense(Width)] class B { const int Width = 8; }";

        foreach (CSharpCompilation compilation in new[] { TestCompiler.Compile(network, block), TestCompiler.Compile(block, network), TestCompiler.Compile(block + network) })
        {
            Diagnostic found = Assert.Single(await TestCompiler.BuildAsync(compilation));
            Assert.Equal(DiagnosticIds.ArgumentRange, found.Id);
            Assert.Equal("Block<B>(0)", TextAt(found.Location));
            Assert.Equal("Width", TextAt(Assert.Single(found.AdditionalLocations)));
        }
    }

    [Fact]
    public async Task ARepeatedBlockIsReportedOnce()
    {
        IReadOnlyList<Diagnostic> found = await TestCompiler.BuildAsync(TestCompiler.Compile(
            "[Network, Input(8, 8, 3), Block<B>(Repeat = 3), Flatten, Dense(3), CrossEntropy] partial class Net; [Block, Dense(3)] class B;"));

        Assert.Equal(DiagnosticIds.DenseOnImage, Assert.Single(found).Id);
    }

    [Theory]
    [InlineData("RunAnalyzers", "false", true)]
    [InlineData("RunAnalyzersDuringBuild", "False", true)]
    [InlineData("RunAnalyzers", "true", false)]
    [InlineData("RunAnalyzers", "", false)]
    public void TheGeneratorReportsWhereAnalyzersAreOff(string property, string value, bool reports)
    {
        CSharpCompilation compilation = TestCompiler.Compile("partial class Outer { " + Error + " [Block, Dense(Width << 1)] class B { const int Width = 2; } }");

        ImmutableArray<Diagnostic> found = TestCompiler.Generate(compilation, new BuildProperty(property, value)).Diagnostics;

        Assert.Equal(reports ? ["Width << 1", "0"] : [], found.OrderByDescending(d => d.Location.SourceSpan.Start).Select(d => TextAt(d.Location)));
    }

    private static CSharpCompilation Suppressing(string source, string id)
    {
        CSharpCompilation compilation = TestCompiler.Compile(source);
        return compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new(id, ReportDiagnostic.Suppress)]));
    }

    private static async Task<IEnumerable<string>> IdsAsync(CSharpCompilation compilation) =>
        (await TestCompiler.BuildAsync(compilation)).Where(diagnostic => !diagnostic.IsSuppressed).Select(diagnostic => diagnostic.Id);

    private static string TextAt(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);

    private sealed class BuildProperty(string property, string value) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Single(property, value);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Single(string property, string value) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? found)
            {
                found = key == "build_property." + property ? value : null;
                return found is not null;
            }
        }
    }
}
