using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.Generators.Tests.Testing;

/// <summary>The real compiler with the generator and the analyzer, over sources in memory.</summary>
internal static class TestCompiler
{
    public const string FileName = "Test.cs";

    /// <summary>What the running tests were compiled with, the runtime library among it.</summary>
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "NetDsl.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14);

    /// <summary>A library of the given sources; the first is <see cref="FileName"/>.</summary>
    public static CSharpCompilation Compile(params string[] sources) => CSharpCompilation.Create(
        "Tested",
        sources.Select((source, i) => Parse(source, i == 0 ? FileName : $"Test{i + 1}.cs")),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText("using NetDsl;\n" + source, ParseOptions, path);

    /// <summary>The sources' compilation with what the generator adds to it.</summary>
    public static (Compilation Compilation, ImmutableArray<Diagnostic> Diagnostics) Generate(Compilation compilation, AnalyzerConfigOptionsProvider? options = null)
    {
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: ParseOptions, optionsProvider: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out ImmutableArray<Diagnostic> diagnostics);
        return (updated, diagnostics);
    }

    /// <summary>Everything that a build says: C#, the generator and the analyzer, in order of place; but for what C# says of a name that a rule explains.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> BuildAsync(Compilation compilation)
    {
        (Compilation generated, ImmutableArray<Diagnostic> fromGenerator) = Generate(compilation);
        ImmutableArray<Diagnostic> all = await generated
            .WithAnalyzers([new NetworkAnalyzer()])
            .GetAllDiagnosticsAsync();
        HashSet<TextSpan> explained = [.. fromGenerator.Where(diagnostic => diagnostic.Id == DiagnosticIds.UnknownLayer).Select(diagnostic => diagnostic.Location.SourceSpan)];
        bool IsExplained(Diagnostic diagnostic) => diagnostic.Id is "CS0246" or "CS0234" && explained.Contains(diagnostic.Location.SourceSpan);
        return
        [
            .. all.Concat(fromGenerator)
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !IsExplained(diagnostic))
                .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start),
        ];
    }
}
