using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetDsl.Generators.Model;
using NetDsl.Generators.Parsing;

namespace NetDsl.Generators.Diagnostics;

/// <summary>Finds the exact place in the user's source that a <see cref="SourceRef"/> means.</summary>
internal static class SourceLocator
{
    public static Location Find(SourceRef source, IAssemblySymbol assembly, CancellationToken cancellation)
    {
        if (assembly.GetTypeByMetadataName(source.Type) is not { } type) return Location.None;
        LayerAttributes layers = LayerAttributes.Of(type, cancellation);
        if (source.Attribute < 0) return source.Parameter is null ? Identifier(type, layers, cancellation) : Constant(type, source.Parameter, cancellation);
        return layers.Items.FirstOrDefault(layer => layer.Index == source.Attribute) is { } attribute
            ? Argument(attribute, source)
            : Identifier(type, layers, cancellation);
    }

    /// <summary>The class's name, on the declaration that carries the layers or else <c>[Network]</c>.</summary>
    private static Location Identifier(INamedTypeSymbol type, LayerAttributes layers, CancellationToken cancellation)
    {
        SyntaxNode? declaration = layers.Declaration
            ?? WellKnownTypes.NetworkAttributes(type).FirstOrDefault()?.ApplicationSyntaxReference?.GetSyntax(cancellation).Parent?.Parent;
        return declaration is BaseTypeDeclarationSyntax named ? named.Identifier.GetLocation() : type.Locations[0];
    }

    private static Location Constant(INamedTypeSymbol type, string name, CancellationToken cancellation)
    {
        IFieldSymbol? field = type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault();
        SyntaxNode? syntax = field?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        return syntax is VariableDeclaratorSyntax { Initializer.Value: { } value } ? value.GetLocation() : type.Locations[0];
    }

    private static Location Argument(LayerAttribute attribute, SourceRef source)
    {
        Location whole = attribute.Syntax.GetLocation();
        if (source.Parameter is null) return whole;
        if (attribute.Data.AttributeConstructor is { } constructor
            && GivenArgument.Of(attribute.Syntax, constructor).FirstOrDefault(given => given.Name == source.Parameter) is { } argument)
        {
            return source.Element >= 0 && argument.IsArray && source.Element < argument.Expressions.Count
                ? argument.Expressions[source.Element].GetLocation()
                : argument.Span;
        }

        return TypeArgument(attribute, source.Parameter) ?? whole;
    }

    private static Location? TypeArgument(LayerAttribute attribute, string name)
    {
        ITypeParameterSymbol? parameter = attribute.Data.AttributeClass!.TypeParameters.FirstOrDefault(p => p.Name == name);
        GenericNameSyntax? generic = attribute.Syntax.Name switch
        {
            GenericNameSyntax direct => direct,
            QualifiedNameSyntax { Right: GenericNameSyntax right } => right,
            AliasQualifiedNameSyntax { Name: GenericNameSyntax aliased } => aliased,
            _ => null,
        };
        return parameter is null || generic is null || parameter.Ordinal >= generic.TypeArgumentList.Arguments.Count
            ? null
            : generic.TypeArgumentList.Arguments[parameter.Ordinal].GetLocation();
    }
}
