using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Diagnostics;

/// <summary>Gives a spec's diagnostic its message and its place in the user's source.</summary>
internal static class DiagnosticFactory
{
    /// <summary>Key of the property with the known name that an unknown one most likely means.</summary>
    public const string NearestProperty = "nearest";

    /// <summary>Key of the property with the path of the use of a block that the problem lies in; the first additional location is the block's own attribute then.</summary>
    public const string WithinProperty = "within";

    public static Diagnostic Create(SpecDiagnostic diagnostic, IAssemblySymbol assembly, CancellationToken cancellation)
    {
        string within = diagnostic.Within.Length == 0 ? "" : $"In {diagnostic.Within}: ";
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        if (diagnostic.Id == DiagnosticIds.UnknownName && diagnostic.Arguments is [_, _, { Length: > 0 } nearest, ..])
            properties = properties.Add(NearestProperty, nearest);
        if (diagnostic.Within.Length > 0) properties = properties.Add(WithinProperty, diagnostic.Within);
        return Diagnostic.Create(
            Descriptors.All[diagnostic.Id],
            SourceLocator.Find(diagnostic.Location, assembly, cancellation),
            diagnostic.Additional.Select(source => SourceLocator.Find(source, assembly, cancellation)),
            properties,
            [within, .. diagnostic.Arguments]);
    }
}
