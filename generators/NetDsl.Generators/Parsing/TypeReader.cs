using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Parsing;

/// <summary>What another part of a class needs to know of its declaration.</summary>
internal static class TypeReader
{
    public static TypeSpec Read(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var containing = new List<TypeDeclaration>();
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType) containing.Insert(0, Declaration(outer));
        return new TypeSpec(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            containing.ToEquatableArray(),
            Declaration(type),
            MetadataName(type),
            IsDocumented(type, cancellation));
    }

    /// <summary>Full metadata name: <c>A.B+C`1</c>.</summary>
    public static string MetadataName(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer) return MetadataName(outer) + "+" + type.MetadataName;
        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString(Plain) + "." + type.MetadataName : type.MetadataName;
    }

    /// <summary>Every declaration says <c>partial</c>; C# itself reports where only some do.</summary>
    public static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(cancellation) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Namespaces without the <c>@</c> that keywords need in source.</summary>
    private static SymbolDisplayFormat Plain { get; } = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private static TypeDeclaration Declaration(INamedTypeSymbol type) => new(
        (type.IsRecord, type.TypeKind) switch
        {
            (true, TypeKind.Struct) => "record struct",
            (true, _) => "record",
            (false, TypeKind.Struct) => "struct",
            (false, TypeKind.Interface) => "interface",
            _ => "class",
        },
        type.ToDisplayString(NameWithTypeParameters),
        SyntaxFacts.GetText(type.DeclaredAccessibility));

    private static SymbolDisplayFormat NameWithTypeParameters { get; } = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>
    /// A doc comment of the user's own. Without a documentation file the compiler keeps doc comments as plain ones, so
    /// the text decides; generated parts, which the analyzer sees and the generator does not, are left out.
    /// </summary>
    private static bool IsDocumented(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences
            .Where(reference => !reference.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase))
            .SelectMany(reference => reference.GetSyntax(cancellation).GetLeadingTrivia())
            .Any(trivia => trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)
                || trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia)
                || (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && IsDocText(trivia.ToString(), "///", '/'))
                || (trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) && IsDocText(trivia.ToString(), "/**", '*')));

    private static bool IsDocText(string comment, string start, char not) =>
        comment.StartsWith(start, StringComparison.Ordinal) && comment.Length > start.Length && comment[start.Length] != not && comment != "/**/";
}
