using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Model;
using NetDsl.Generators.Parsing;

namespace NetDsl.Generators.Driver;

/// <summary>
/// Reports attributes that do not exist where it is plain which layer was meant. C# refuses them itself, and a build stops there before
/// it asks analyzers, so that the generator has to say it.
/// </summary>
internal static class UnknownLayers
{
    /// <summary>Those of every class that carries an attribute.</summary>
    public static IncrementalValuesProvider<EquatableArray<UnknownLayer>> Of(SyntaxValueProvider syntax, string attribute) => syntax
        .ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (found, cancellation) => found.TargetSymbol is INamedTypeSymbol type
                ? Of(type, found.TargetNode, found.SemanticModel.Compilation, cancellation)
                : EquatableArray<UnknownLayer>.Empty)
        .Where(static unknown => unknown.Length > 0);

    public static void Report(SourceProductionContext context, EquatableArray<UnknownLayer> unknown)
    {
        foreach (UnknownLayer layer in unknown)
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.All[DiagnosticIds.UnknownLayer], Location.Create(layer.Path, layer.Span, layer.Lines), "", layer.Name, layer.Meant));
    }

    private static EquatableArray<UnknownLayer> Of(INamedTypeSymbol type, SyntaxNode declaration, Compilation compilation, CancellationToken cancellation)
    {
        var layers = new List<UnknownLayer>();
        foreach (UnknownAttribute unknown in LayerAttributes.Of(type, cancellation).Unknown)
        {
            // A class with the attribute on two declarations comes twice.
            if (unknown.Syntax.Parent?.Parent != declaration || MeantLayer.Of(unknown.Name, compilation) is not { } meant) continue;
            Location place = unknown.Simple.GetLocation();
            layers.Add(new UnknownLayer(unknown.Name, meant, place.SourceTree!.FilePath, place.SourceSpan, place.GetLineSpan().Span));
        }

        return layers.ToEquatableArray();
    }
}

/// <summary>An attribute that does not exist.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meant">The layer that was meant, as it is written.</param>
/// <param name="Path">The file.</param>
/// <param name="Span">Where the name stands.</param>
/// <param name="Lines">The same in lines.</param>
internal sealed record UnknownLayer(string Name, string Meant, string Path, TextSpan Span, LinePositionSpan Lines);
