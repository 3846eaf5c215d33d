using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetDsl.Generators.Parsing;

/// <summary>One layer attribute as the compiler sees it.</summary>
/// <param name="Data">Its folded arguments.</param>
/// <param name="Syntax">Where it is written.</param>
/// <param name="Index">Its index among all attributes of its declaration.</param>
internal sealed record LayerAttribute(AttributeData Data, AttributeSyntax Syntax, int Index)
{
    /// <summary>The attribute class's name without suffix and arity: <c>Residual</c>.</summary>
    public string Kind => WellKnownTypes.Written(Data.AttributeClass!.Name);
}
