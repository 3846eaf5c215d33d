using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.Generators.Driver;

/// <summary>
/// Whether the build runs analyzers, by the rule of the compiler's own targets: <c>RunAnalyzers</c> decides, and
/// <c>RunAnalyzersDuringBuild</c> where it is not set. The package makes both properties visible to the compiler.
/// </summary>
internal static class AnalyzerSwitch
{
    /// <summary>The compilation, or <see langword="null"/> (which never changes and reruns nothing) while analyzers are on.</summary>
    public static IncrementalValueProvider<Compilation?> CompilationWithoutAnalyzers(IncrementalGeneratorInitializationContext context) =>
        context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => IsOff(options.GlobalOptions))
            .Combine(context.CompilationProvider)
            .Select(static (pair, _) => pair.Left ? pair.Right : null);

    /// <summary>Reports on every class what the analyzer would report.</summary>
    public static void ReportInPlaceOfAnalyzer(SourceProductionContext context, Compilation? compilation)
    {
        if (compilation is null) return;
        var pending = new Stack<INamespaceOrTypeSymbol>([compilation.Assembly.GlobalNamespace]);
        while (pending.Count > 0)
        {
            INamespaceOrTypeSymbol symbol = pending.Pop();
            if (symbol is INamedTypeSymbol type) ClassChecks.Run(type, compilation, context.ReportDiagnostic, context.CancellationToken);
            foreach (ISymbol member in symbol.GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner) pending.Push(inner);
            }
        }
    }

    private static bool IsOff(AnalyzerConfigOptions options)
    {
        string run = Property(options, "RunAnalyzers");
        return IsFalse(run) || (run.Length == 0 && IsFalse(Property(options, "RunAnalyzersDuringBuild")));
    }

    private static string Property(AnalyzerConfigOptions options, string name) =>
        options.TryGetValue("build_property." + name, out string? value) ? value : "";

    private static bool IsFalse(string value) => string.Equals(value, "false", StringComparison.OrdinalIgnoreCase);
}
