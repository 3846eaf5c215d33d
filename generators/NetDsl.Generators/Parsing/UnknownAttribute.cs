using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetDsl.Generators.Parsing;

/// <summary>An attribute whose class does not exist, or is not in sight.</summary>
/// <param name="Syntax">The attribute.</param>
internal sealed record UnknownAttribute(AttributeSyntax Syntax)
{
    /// <summary>Its name without namespace, type arguments and suffix.</summary>
    public string Name => WellKnownTypes.Written(Simple.Identifier.ValueText);

    /// <summary>Where that stands.</summary>
    public SimpleNameSyntax Simple => Syntax.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right,
        AliasQualifiedNameSyntax aliased => aliased.Name,
        _ => (SimpleNameSyntax)Syntax.Name,
    };
}
