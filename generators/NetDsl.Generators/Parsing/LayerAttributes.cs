using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetDsl.Generators.Parsing;

/// <summary>The layer attributes of one class, in source order.</summary>
/// <param name="Items">Those of the first declaration that has any.</param>
/// <param name="Declaration">That declaration; <see langword="null"/> where the class has no layers.</param>
/// <param name="Several">Other declarations have layers too, and C# gives no order between them.</param>
/// <param name="Unknown">Attributes whose class is unknown, of all declarations.</param>
/// <param name="Incomplete">Some attribute list has a syntax error, or an attribute's class is unknown.</param>
internal sealed record LayerAttributes(
    IReadOnlyList<LayerAttribute> Items,
    MemberDeclarationSyntax? Declaration,
    bool Several,
    IReadOnlyList<UnknownAttribute> Unknown,
    bool Incomplete)
{
    public static LayerAttributes Of(INamedTypeSymbol type, CancellationToken cancellation)
    {
        bool incomplete = false;
        var found = new List<(AttributeData Data, AttributeSyntax Syntax)>();
        var unknown = new List<UnknownAttribute>();
        foreach (AttributeData attribute in type.GetAttributes())
        {
            cancellation.ThrowIfCancellationRequested();
            if (attribute.AttributeClass is null or IErrorTypeSymbol)
            {
                incomplete = true;
                if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax nothing) unknown.Add(new UnknownAttribute(nothing));
            }
            else if (WellKnownTypes.IsLayer(attribute.AttributeClass)
                && attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax syntax)
            {
                found.Add((attribute, syntax));
            }
        }

        // Without layers only the attribute lists themselves can tell that one is being typed.
        MemberDeclarationSyntax? declaration = found.Count > 0 ? DeclarationOf(found[0].Syntax) : null;
        incomplete |= declaration is not null
            ? HasSyntaxErrors(declaration)
            : type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellation) is MemberDeclarationSyntax d && HasSyntaxErrors(d));
        if (declaration is null) return new LayerAttributes([], null, false, unknown, incomplete);

        var order = new Dictionary<AttributeSyntax, int>();
        foreach (AttributeSyntax attribute in declaration.AttributeLists.SelectMany(list => list.Attributes)) order.Add(attribute, order.Count);
        LayerAttribute[] items =
        [
            .. found.Where(layer => order.ContainsKey(layer.Syntax))
                .Select(layer => new LayerAttribute(layer.Data, layer.Syntax, order[layer.Syntax]))
                .OrderBy(layer => layer.Index),
        ];
        return new LayerAttributes(items, declaration, items.Length < found.Count, unknown, incomplete);
    }

    private static bool HasSyntaxErrors(MemberDeclarationSyntax declaration) =>
        declaration.AttributeLists.Any(list => list.ContainsDiagnostics);

    private static MemberDeclarationSyntax DeclarationOf(AttributeSyntax attribute) =>
        (MemberDeclarationSyntax)attribute.Parent!.Parent!;
}
