using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Parsing;

/// <summary>Reads the layer attributes of one class.</summary>
/// <param name="context">Where errors go.</param>
/// <param name="owner">Full metadata name of the class.</param>
/// <param name="expressions">Reads arguments from syntax, in a block; <see langword="null"/> in a network, whose arguments are folded.</param>
internal sealed class LayerReader(ParseContext context, string owner, ExpressionReader? expressions)
{
    private readonly List<BlockUse> _uses = [];

    /// <summary>The blocks that the layers read so far insert, in order.</summary>
    public IReadOnlyList<BlockUse> Uses => _uses;

    public LayerSpec Read(LayerAttribute layer)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        var source = new SourceRef(owner, layer.Index);
        return new LayerSpec(layer.Kind, TypeArguments(layer, source), Arguments(layer, source), source);
    }

    private EquatableArray<TypeArgumentSpec> TypeArguments(LayerAttribute layer, SourceRef source)
    {
        INamedTypeSymbol attribute = layer.Data.AttributeClass!;
        if (attribute.Arity == 0) return EquatableArray<TypeArgumentSpec>.Empty;
        var specs = new List<TypeArgumentSpec>();
        foreach ((ITypeParameterSymbol parameter, ITypeSymbol argument) in attribute.TypeParameters.Zip(attribute.TypeArguments, (p, a) => (p, a)))
        {
            bool isEnum = parameter.ConstraintTypes.Any(constraint => constraint.SpecialType == SpecialType.System_Enum);
            if (argument is not INamedTypeSymbol named || argument.TypeKind == TypeKind.Error || isEnum != (argument.TypeKind == TypeKind.Enum))
            {
                // An unknown type, or one that breaks the constraint: C# reports it.
                context.Incomplete = true;
                continue;
            }

            specs.Add(new TypeArgumentSpec(TypeReader.MetadataName(named), isEnum ? Constants.Members(named) : EquatableArray<EnumValue>.Empty));
            if (!isEnum) _uses.Add(new BlockUse(named, source, source.At(parameter.Name)));
        }

        return specs.ToEquatableArray();
    }

    private EquatableArray<ArgumentSpec> Arguments(LayerAttribute layer, SourceRef source)
    {
        if (layer.Data.AttributeConstructor is not { } constructor || !HoldsTogether(layer.Data, layer.Syntax, constructor))
        {
            context.Incomplete = true;
            return EquatableArray<ArgumentSpec>.Empty;
        }

        var arguments = new List<ArgumentSpec>();
        foreach (GivenArgument given in GivenArgument.Of(layer.Syntax, constructor))
        {
            ValueExpression? value = expressions is null ? Folded(layer.Data, constructor, given, source) : FromSyntax(expressions, given, source);
            if (value is not null) arguments.Add(new ArgumentSpec(given.Name, value));
        }

        return arguments.ToEquatableArray();
    }

    private ValueExpression? Folded(AttributeData data, IMethodSymbol constructor, GivenArgument given, SourceRef source)
    {
        TypedConstant constant = given.IsProperty
            ? data.NamedArguments.First(argument => argument.Key == given.Name).Value
            : data.ConstructorArguments[constructor.Parameters.First(parameter => parameter.Name == given.Name).Ordinal];
        if (Constants.Read(constant) is { } value) return value;
        int element = constant.Kind == TypedConstantKind.Array ? constant.Values.TakeWhile(item => Constants.Read(item) is not null).Count() : -1;
        ExpressionSyntax at = given.Expressions[Math.Max(element, 0)];
        context.Report(DiagnosticIds.UnsupportedExpression, source.At(given.Name, element), $"'{at}' is no int, double, bool, string or enum member");
        return null;
    }

    private static ValueExpression? FromSyntax(ExpressionReader reader, GivenArgument given, SourceRef source)
    {
        if (!given.IsArray) return reader.Read(given.Expressions[0], source.At(given.Name));
        var items = new List<ValueExpression>();
        for (int i = 0; i < given.Expressions.Count; i++)
        {
            if (reader.Read(given.Expressions[i], source.At(given.Name, i)) is not { } item) return null;
            items.Add(item);
        }

        return new ValueExpression.Array(items.ToEquatableArray());
    }

    /// <summary>
    /// C# accepted the arguments: where it did not, it keeps what it could guess, which differs from the constructor in
    /// number or type or from the syntax in the number of properties.
    /// </summary>
    private static bool HoldsTogether(AttributeData data, AttributeSyntax syntax, IMethodSymbol constructor)
    {
        if (data.ConstructorArguments.Length != constructor.Parameters.Length) return false;
        int properties = syntax.ArgumentList?.Arguments.Count(argument => argument.NameEquals is not null) ?? 0;
        if (data.NamedArguments.Length != properties) return false;
        foreach ((IParameterSymbol parameter, TypedConstant constant) in constructor.Parameters.Zip(data.ConstructorArguments, (p, c) => (p, c)))
        {
            if (!Fits(constant, parameter.Type)) return false;
        }

        return data.NamedArguments.All(argument => Property(data.AttributeClass!, argument.Key) is { } type && Fits(argument.Value, type));
    }

    private static ITypeSymbol? Property(INamedTypeSymbol attribute, string name)
    {
        for (INamedTypeSymbol? type = attribute; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault() is { } property) return property.Type;
        }

        return null;
    }

    private static bool Fits(TypedConstant constant, ITypeSymbol type)
    {
        if (constant.Kind == TypedConstantKind.Error) return false;
        if (constant.Kind == TypedConstantKind.Array && !constant.IsNull && constant.Values.Any(item => item.Kind == TypedConstantKind.Error)) return false;
        if (type.SpecialType == SpecialType.System_Object) return true;
        return SymbolEqualityComparer.Default.Equals(constant.Type, type) && (constant.Kind == TypedConstantKind.Array || Holds(type, constant.Value));
    }

    /// <summary>A refused conversion leaves the value as it was under the type that was asked for.</summary>
    private static bool Holds(ITypeSymbol type, object? value) => (type as INamedTypeSymbol)?.EnumUnderlyingType is { } underlying
        ? Holds(underlying, value)
        : type.SpecialType switch
        {
            SpecialType.System_Boolean => value is bool,
            SpecialType.System_Int32 => value is int,
            SpecialType.System_Double => value is double,
            SpecialType.System_Single => value is float,
            SpecialType.System_String => value is string or null,
            _ => true,
        };
}

/// <summary>A block that a layer names.</summary>
/// <param name="Block">The class.</param>
/// <param name="Attribute">The layer's attribute.</param>
/// <param name="TypeArgument">The type argument itself.</param>
internal sealed record BlockUse(INamedTypeSymbol Block, SourceRef Attribute, SourceRef TypeArgument);
