using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Parsing;

/// <summary>The stage's entry: a <c>[Network]</c> class to its spec. Nothing of Roslyn leaves this stage.</summary>
internal static class NetworkParser
{
    public static NetworkSpec Parse(INamedTypeSymbol network, Compilation compilation, CancellationToken cancellation)
    {
        var context = new ParseContext(compilation, cancellation);
        TypeSpec type = TypeReader.Read(network, cancellation);
        bool extensible = CheckClass(network, type, context);

        LayerAttributes layers = LayerAttributes.Of(network, cancellation);
        context.Incomplete |= layers.Incomplete;
        if (layers.Several) context.Report(DiagnosticIds.SeveralDeclarations, new SourceRef(type.MetadataName, -1), "Layer attributes", network.Name);

        var reader = new LayerReader(context, type.MetadataName, expressions: null);
        LayerSpec[] specs = [.. layers.Items.Select(reader.Read)];
        var blocks = new BlockCollector(context);
        if (extensible) blocks.Add(reader.Uses);

        AttributeData attribute = WellKnownTypes.NetworkAttributes(network).First();
        return new NetworkSpec(
            type,
            new(specs),
            blocks.Blocks,
            Flag(attribute, "Inspectable"),
            Flag(attribute, "InputGradients"),
            context.Errors.ToEquatableArray(),
            context.Incomplete,
            Exactness(attribute));
    }

    /// <summary>Whether a generated part can extend the class.</summary>
    public static bool CheckClass(INamedTypeSymbol network, TypeSpec type, ParseContext context)
    {
        var self = new SourceRef(type.MetadataName, -1);
        if (WhyUnsupported(network) is { } reason)
        {
            context.Report(DiagnosticIds.UnsupportedClass, self, network.Name, "network", reason);
            return false;
        }

        if (!TypeReader.IsPartial(network, context.Cancellation))
        {
            context.Report(DiagnosticIds.NotPartial, self, network.Name, "so that the generator can extend it");
            return false;
        }

        for (INamedTypeSymbol? outer = network.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (TypeReader.IsPartial(outer, context.Cancellation)) continue;
            context.Report(DiagnosticIds.NotPartial, self, outer.Name, $"because the network {network.Name} is nested in it");
            return false;
        }

        return true;
    }

    private static string? WhyUnsupported(INamedTypeSymbol network)
    {
        if (network.TypeKind != TypeKind.Class) return network.IsRecord ? "it is a record struct" : "it is a struct";
        if (network.IsStatic) return "it is static";
        if (network.IsAbstract) return "it is abstract";
        if (network.Arity > 0) return "it is generic";
        if (GeneratedMembers.OfNetwork.Contains(network.Name)) return $"its name is that of a member that every network has ({network.Name})";
        for (INamedTypeSymbol? type = network; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal) return "it is local to its file, where no generated part can reach it";
            if (type.Arity > 0) return $"it is nested in the generic type {type.Name}";
        }

        return WhyNotConstructed(network);
    }

    /// <summary>Why instances would not come from the constructor that the generator writes, which gives them their weights.</summary>
    private static string? WhyNotConstructed(INamedTypeSymbol network)
    {
        foreach (IMethodSymbol constructor in network.InstanceConstructors.Where(constructor => !constructor.IsImplicitlyDeclared))
        {
            // The part that the generator wrote, which the analyzer sees, has the constructor that is meant.
            if (constructor.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference || reference.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase)) continue;
            SyntaxNode syntax = reference.GetSyntax();
            if (syntax is TypeDeclarationSyntax) return "it has a primary constructor, while networks are made by Create and Load";
            if (syntax is ConstructorDeclarationSyntax { Initializer: null or { RawKind: (int)SyntaxKind.BaseConstructorInitializer } })
                return "it has a constructor of its own, while networks are made by Create and Load";
        }

        for (INamedTypeSymbol? type = network.BaseType; type is not null; type = type.BaseType)
        {
            if (WellKnownTypes.IsNetwork(type)) return $"it derives from the network {type.Name}";
        }

        return null;
    }

    /// <summary>A number that is none of the enum's values is as if nothing were given.</summary>
    private static Precision Exactness(AttributeData attribute) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Precision").Value is { Kind: TypedConstantKind.Enum, Value: (int)Precision.TF32 } ? Precision.TF32 : Precision.Float32;

    private static bool Flag(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: TypedConstantKind.Primitive, Value: true };
}
