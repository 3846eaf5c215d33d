using Microsoft.CodeAnalysis;

namespace NetDsl.Generators.Parsing;

/// <summary>The attributes of the language, recognised by their full names, so that no reference to the runtime is needed.</summary>
internal static class WellKnownTypes
{
    /// <summary>Metadata name of the attribute that makes a class a network.</summary>
    public const string NetworkAttribute = "NetDsl.NetworkAttribute";

    /// <summary>Metadata name of the attribute that makes a class a block.</summary>
    public const string BlockAttribute = "NetDsl.BlockAttribute";

    /// <summary>Whether the attribute class is a layer: it derives from <c>NetDsl.LayerAttribute</c>.</summary>
    public static bool IsLayer(INamedTypeSymbol? attribute)
    {
        for (INamedTypeSymbol? type = attribute?.BaseType; type is not null; type = type.BaseType)
        {
            if (Is(type, "LayerAttribute")) return true;
        }

        return false;
    }

    /// <summary>The class carries <c>[Network]</c>.</summary>
    public static bool IsNetwork(INamedTypeSymbol type) => NetworkAttributes(type).Any();

    /// <summary>Every <c>[Network]</c> of the class; C# reports more than one.</summary>
    public static IEnumerable<AttributeData> NetworkAttributes(INamedTypeSymbol type) =>
        type.GetAttributes().Where(attribute => Is(attribute.AttributeClass, "NetworkAttribute"));

    /// <summary>The class carries the marker <c>[Block]</c>; the generic <c>[Block&lt;T&gt;]</c> is a layer.</summary>
    public static bool IsBlock(INamedTypeSymbol type) =>
        type.GetAttributes().Any(attribute => Is(attribute.AttributeClass, "BlockAttribute"));

    /// <summary>The name of an attribute's class as it is written in brackets: without its suffix.</summary>
    public static string Written(string attribute)
    {
        const string Suffix = "Attribute";
        return attribute.Length > Suffix.Length && attribute.EndsWith(Suffix, StringComparison.Ordinal) ? attribute[..^Suffix.Length] : attribute;
    }

    private static bool Is(INamedTypeSymbol? type, string name) =>
        type is { Arity: 0, ContainingType: null, ContainingNamespace: { Name: "NetDsl", ContainingNamespace.IsGlobalNamespace: true } }
        && type.Name == name;
}
