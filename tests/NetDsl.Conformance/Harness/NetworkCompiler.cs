using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NetDsl.Generators;
using NetDsl.Gpu;

namespace NetDsl.Conformance.Harness;

/// <summary>Compiles C# that declares networks, with the real generator, as a build does.</summary>
internal static class NetworkCompiler
{
    private static readonly ImmutableArray<MetadataReference> References = FindReferences();

    /// <summary>What a reference to NetDsl.Gpu brings.</summary>
    private static readonly ImmutableArray<MetadataReference> GpuReferences =
        [.. References, MetadataReference.CreateFromFile(typeof(GpuDevices).Assembly.Location), MetadataReference.CreateFromFile(typeof(ILGPU.Context).Assembly.Location)];

    /// <summary>The user's source alone.</summary>
    public static CSharpCompilation Declare(string source, ProjectSettings settings)
    {
        var parse = new CSharpParseOptions(LanguageVersion.CSharp14, settings.Documentation);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: settings.Optimization,
            checkOverflow: settings.CheckOverflow,
            allowUnsafe: false,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999,
            deterministic: true,
            nullableContextOptions: NullableContextOptions.Enable);
        SyntaxTree tree = CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), parse, "Networks.cs");
        return CSharpCompilation.Create("Networks." + Guid.NewGuid().ToString("N"), [tree], settings.ReferencesGpu ? GpuReferences : References, options);
    }

    /// <summary>Runs the generator.</summary>
    /// <returns>The compilation with the generated files, and those by their names.</returns>
    /// <exception cref="CompilationFailedException">The generator threw or reported anything.</exception>
    public static (Compilation Compilation, IReadOnlyDictionary<string, string> Files) Generate(string source, ProjectSettings settings)
    {
        CSharpCompilation compilation = Declare(source, settings);
        var driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options);
        CultureInfo culture = CultureInfo.CurrentCulture, uiCulture = CultureInfo.CurrentUICulture;
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (settings.Culture, settings.Culture);
            GeneratorDriver ran = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
            if (!diagnostics.IsEmpty) throw new CompilationFailedException(diagnostics);
            var files = ran.GetRunResult().Results[0].GeneratedSources.ToDictionary(file => file.HintName, file => file.SourceText.ToString());
            return (output, files);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
        }
    }

    /// <summary>Compiles to an assembly.</summary>
    /// <exception cref="CompilationFailedException">There is any error or warning; the message shows the generated source about it.</exception>
    public static (byte[] Assembly, IReadOnlyDictionary<string, string> Files) Compile(string source, ProjectSettings settings)
    {
        var (compilation, files) = Generate(source, settings);
        using var assembly = new MemoryStream();
        ImmutableArray<Diagnostic> diagnostics = [.. compilation.Emit(assembly).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        if (!diagnostics.IsEmpty) throw new CompilationFailedException(diagnostics);
        return (assembly.ToArray(), files);
    }

    /// <summary>The shared framework and NetDsl, and nothing else that this process happens to have loaded.</summary>
    private static ImmutableArray<MetadataReference> FindReferences()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return
        [
            .. trusted.Split(Path.PathSeparator)
                .Where(path => Path.GetDirectoryName(path) == framework)
                .Append(typeof(Activation).Assembly.Location)
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
    }
}
