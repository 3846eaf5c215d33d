using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetDsl.Generators.Diagnostics;
using Xunit;

namespace NetDsl.Generators.Tests.Shapes;

/// <summary>Each C# example of docs/language.md and docs/examples.md goes through the compiler and the analyzer without a word.</summary>
public sealed class LanguageExamplesTests
{
    public static TheoryData<string> Examples()
    {
        var examples = new TheoryData<string>();
        StringBuilder? example = null;
        string language = LanguageTests.Document();
        foreach (string line in (string[])[.. File.ReadAllLines(language), .. File.ReadAllLines(Path.Combine(Path.GetDirectoryName(language)!, "examples.md"))])
        {
            if (line == "```csharp")
            {
                example = new StringBuilder();
            }
            else if (line == "```" && example is not null)
            {
                examples.Add(example.ToString());
                example = null;
            }
            else
            {
                example?.AppendLine(line);
            }
        }

        return examples;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task AreRight(string example) => Assert.Empty(await DiagnosticsOf(example));

    /// <summary>The twin: the same road reports what is wrong.</summary>
    [Fact]
    public async Task AWrongExampleWouldBeReported() =>
        Assert.Equal(["NDSL0031"], (await DiagnosticsOf("[Network, Input(8, 8, 1), Conv2D(4, 30)] partial class Wrong;")).Select(d => d.Id));

    private static async Task<IEnumerable<Diagnostic>> DiagnosticsOf(string source)
    {
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var compilation = CSharpCompilation.Create(
            "Example",
            [CSharpSyntaxTree.ParseText("using NetDsl;\n" + source)],
            [.. platform.Split(Path.PathSeparator).Where(path => path.Length > 0).Select(path => MetadataReference.CreateFromFile(path))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        ImmutableArray<Diagnostic> all = await generated.WithAnalyzers([new NetworkAnalyzer()]).GetAllDiagnosticsAsync();
        return all.Where(d => d.Severity >= DiagnosticSeverity.Warning || d.Id.StartsWith("NDSL", StringComparison.Ordinal) || d.Id.StartsWith("AD", StringComparison.Ordinal));
    }
}
