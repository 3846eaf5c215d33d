using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetDsl.Generators.Parsing;

/// <summary>An argument that the user wrote in an attribute.</summary>
/// <param name="Name">The constructor parameter's or property's name.</param>
/// <param name="IsProperty">Named by a property (<c>Name = "x"</c>).</param>
/// <param name="IsArray">Its elements are at hand: a <c>params</c> argument or an array in place.</param>
/// <param name="Expressions">The argument, or the elements of an array (none where it is empty).</param>
/// <param name="Span">All of it.</param>
internal sealed record GivenArgument(
    string Name,
    bool IsProperty,
    bool IsArray,
    IReadOnlyList<ExpressionSyntax> Expressions,
    Location Span)
{
    /// <summary>The arguments of an attribute by the rules of C#: by position, by parameter's name, by property.</summary>
    public static IReadOnlyList<GivenArgument> Of(AttributeSyntax attribute, IMethodSymbol constructor)
    {
        if (attribute.ArgumentList is null) return [];
        var given = new List<GivenArgument>();
        var spread = new List<ExpressionSyntax>();
        string spreadName = "";
        int position = 0;
        foreach (AttributeArgumentSyntax argument in attribute.ArgumentList.Arguments)
        {
            if (argument.NameEquals is { } property)
            {
                given.Add(Single(property.Name.Identifier.ValueText, isProperty: true, argument.Expression));
                continue;
            }

            IParameterSymbol? parameter = argument.NameColon is { } named
                ? constructor.Parameters.FirstOrDefault(p => p.Name == named.Name.Identifier.ValueText)
                : constructor.Parameters.ElementAtOrDefault(Math.Min(position, constructor.Parameters.Length - 1));
            position++;
            if (parameter is null) continue;
            if (!parameter.IsParams)
            {
                given.Add(Single(parameter.Name, isProperty: false, argument.Expression));
                continue;
            }

            spreadName = parameter.Name;
            spread.Add(argument.Expression);
        }

        if (spread.Count > 0) given.Insert(Math.Min(constructor.Parameters.Length - 1, given.Count(g => !g.IsProperty)), Spread(spreadName, spread));
        return given;
    }

    private static GivenArgument Single(string name, bool isProperty, ExpressionSyntax expression)
    {
        IReadOnlyList<ExpressionSyntax>? elements = Elements(expression);
        return new GivenArgument(name, isProperty, elements is not null, elements ?? [expression], expression.GetLocation());
    }

    private static GivenArgument Spread(string name, List<ExpressionSyntax> expressions)
    {
        if (expressions.Count == 1)
        {
            if (Elements(expressions[0]) is { } elements) return new GivenArgument(name, false, true, elements, expressions[0].GetLocation());
            if (expressions[0].IsKind(SyntaxKind.NullLiteralExpression) || expressions[0].IsKind(SyntaxKind.DefaultLiteralExpression))
                return new GivenArgument(name, false, false, expressions, expressions[0].GetLocation());
        }

        ExpressionSyntax first = expressions[0];
        var span = Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(first.SpanStart, expressions[expressions.Count - 1].Span.End);
        return new GivenArgument(name, false, true, expressions, Location.Create(first.SyntaxTree, span));
    }

    /// <summary>The elements of <c>new[] { 1, 2 }</c>, <c>new int[] { 1, 2 }</c> or <c>[1, 2]</c>.</summary>
    private static IReadOnlyList<ExpressionSyntax>? Elements(ExpressionSyntax expression) => expression switch
    {
        ArrayCreationExpressionSyntax array => array.Initializer is null ? [] : [.. array.Initializer.Expressions],
        ImplicitArrayCreationExpressionSyntax array => [.. array.Initializer.Expressions],
        CollectionExpressionSyntax collection => [.. collection.Elements.OfType<ExpressionElementSyntax>().Select(element => element.Expression)],
        _ => null,
    };
}
