using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetDsl.Generators.Model;
using NetDsl.Generators.Parsing;

namespace NetDsl.Generators.Driver;

/// <summary>Finds the networks of a compilation.</summary>
internal static class Gather
{
    public static IncrementalValuesProvider<NetworkSpec> Networks(SyntaxValueProvider syntax) => syntax
        .ForAttributeWithMetadataName(
            WellKnownTypes.NetworkAttribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (found, cancellation) => IsFirst(found) && found.TargetSymbol is INamedTypeSymbol type
                ? NetworkParser.Parse(type, found.SemanticModel.Compilation, cancellation)
                : null)
        .Where(static spec => spec is not null)
        .Select(static (spec, _) => spec!);

    /// <summary>A class with two <c>[Network]</c>s on two declarations is an error of C#, and must not be written twice.</summary>
    private static bool IsFirst(GeneratorAttributeSyntaxContext found)
    {
        SyntaxReference? first = found.TargetSymbol is INamedTypeSymbol type
            ? WellKnownTypes.NetworkAttributes(type).FirstOrDefault()?.ApplicationSyntaxReference
            : null;
        return first is not null && first.SyntaxTree == found.TargetNode.SyntaxTree && found.TargetNode.Span.Contains(first.Span);
    }
}
