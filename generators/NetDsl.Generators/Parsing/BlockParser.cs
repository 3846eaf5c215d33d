using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Parsing;

/// <summary>Reads a <c>[Block]</c> class from its source, or a <c>[Network]</c> that is inserted into another.</summary>
internal static class BlockParser
{
    /// <summary>The block, and the blocks that it inserts itself.</summary>
    public static (BlockSpec Spec, IReadOnlyList<BlockUse> Uses) Parse(INamedTypeSymbol block, ParseContext context) =>
        WellKnownTypes.IsBlock(block) ? ParseBlock(block, context) : ParseNetwork(block, context);

    /// <summary>A network has no constants to fill, and reports itself what is wrong with it.</summary>
    private static (BlockSpec Spec, IReadOnlyList<BlockUse> Uses) ParseNetwork(INamedTypeSymbol network, ParseContext context)
    {
        var own = new ParseContext(context.Compilation, context.Cancellation);
        TypeSpec type = TypeReader.Read(network, context.Cancellation);
        NetworkParser.CheckClass(network, type, own);
        LayerAttributes layers = LayerAttributes.Of(network, context.Cancellation);
        var reader = new LayerReader(own, TypeReader.MetadataName(network), expressions: null);
        EquatableArray<LayerSpec> specs = layers.Items.Select(reader.Read).ToArray().ToEquatableArray();
        context.Incomplete |= layers.Incomplete || layers.Several || own.Incomplete || own.Errors.Any();
        return (new BlockSpec(TypeReader.MetadataName(network), network.Name, EquatableArray<BlockParameter>.Empty, specs, type), reader.Uses);
    }

    private static (BlockSpec Spec, IReadOnlyList<BlockUse> Uses) ParseBlock(INamedTypeSymbol block, ParseContext context)
    {
        string name = TypeReader.MetadataName(block);
        var self = new SourceRef(name, -1);
        if (IsGeneric(block)) context.Report(DiagnosticIds.UnsupportedClass, self, block.Name, "block", "it is generic or nested in a generic type");

        LayerAttributes layers = LayerAttributes.Of(block, context.Cancellation);
        context.Incomplete |= layers.Incomplete;
        VariableDeclaratorSyntax[] constants =
        [
            .. block.GetMembers().OfType<IFieldSymbol>()
                .Where(field => field.IsConst)
                .Select(field => field.DeclaringSyntaxReferences[0].GetSyntax(context.Cancellation))
                .OfType<VariableDeclaratorSyntax>(),
        ];
        bool constantsScattered = constants.Select(Declaration).Distinct().Count() > 1;
        if (layers.Several || constantsScattered)
            context.Report(DiagnosticIds.SeveralDeclarations, self, layers.Several ? "Layer attributes" : "Constants", block.Name);

        EquatableArray<BlockParameter> parameters = EquatableArray<BlockParameter>.Empty;
        if (constants.Length > 0) parameters = Parameters(block, constants, name, context);
        ExpressionReader? expressions = layers.Declaration is { } declaration ? new ExpressionReader(context, block, declaration.SyntaxTree) : null;
        var reader = new LayerReader(context, name, expressions);
        EquatableArray<LayerSpec> specs = layers.Items.Select(reader.Read).ToArray().ToEquatableArray();
        foreach (BlockUse use in reader.Uses) CheckIsBlock(use, context);
        return (new BlockSpec(name, block.Name, parameters, specs), reader.Uses);
    }

    /// <summary>Whether a layer may insert the class; else the error is at the type argument.</summary>
    public static bool CheckIsBlock(BlockUse use, ParseContext context)
    {
        if (!IsInSource(use.Block, context))
        {
            context.Report(
                DiagnosticIds.NotABlock,
                use.TypeArgument,
                use.Block.Name,
                $"it comes from {use.Block.ContainingAssembly?.Name ?? "elsewhere"}, and blocks are read from the source of the same project");
            return false;
        }

        if (WellKnownTypes.IsBlock(use.Block) || WellKnownTypes.IsNetwork(use.Block)) return true;
        LayerAttributes layers = LayerAttributes.Of(use.Block, context.Cancellation);
        if (layers.Items.Count > 0)
        {
            // One problem, one error: the class itself has it.
            context.Report(DiagnosticIds.LayersWithoutNetwork, new SourceRef(TypeReader.MetadataName(use.Block), layers.Items[0].Index), use.Block.Name);
            return false;
        }

        context.Report(DiagnosticIds.NotABlock, use.TypeArgument, use.Block.Name, "it has neither a [Block] nor a [Network] attribute");
        return false;
    }

    /// <summary>The class can be read: it is a block or a network of this compilation.</summary>
    public static bool IsReadable(INamedTypeSymbol type, ParseContext context) =>
        IsInSource(type, context) && (WellKnownTypes.IsBlock(type) || WellKnownTypes.IsNetwork(type));

    private static bool IsInSource(INamedTypeSymbol type, ParseContext context) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, context.Compilation.Assembly);

    private static bool IsGeneric(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            if (type.Arity > 0) return true;
        }

        return false;
    }

    private static SyntaxNode? Declaration(VariableDeclaratorSyntax constant) => constant.Parent?.Parent?.Parent;

    private static EquatableArray<BlockParameter> Parameters(INamedTypeSymbol block, VariableDeclaratorSyntax[] constants, string owner, ParseContext context)
    {
        var reader = new ExpressionReader(context, block, constants[0].SyntaxTree);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var parameters = new List<BlockParameter>();
        foreach (VariableDeclaratorSyntax constant in constants)
        {
            string name = constant.Identifier.ValueText;
            var at = new SourceRef(owner, -1, name);
            if (constant.ContainsDiagnostics || constant.Initializer is not { Value.IsMissing: false } initializer || !HasValue(block, name))
            {
                context.Incomplete = true;
                continue;
            }

            if (constant.SyntaxTree != constants[0].SyntaxTree) reader = new ExpressionReader(context, block, constant.SyntaxTree);
            if (reader.Read(initializer.Value, at) is not { } value) continue;
            if (FirstReference(value, reference => !known.Contains(reference)) is { } later)
                context.Report(DiagnosticIds.UnsupportedExpression, at, $"'{later}' is declared after '{name}', and the constants of a block are filled in order");
            known.Add(name);
            parameters.Add(new BlockParameter(name, value));
        }

        return parameters.ToEquatableArray();
    }

    /// <summary>C# accepted the constant's initializer.</summary>
    private static bool HasValue(INamedTypeSymbol block, string name) =>
        block.GetMembers(name).OfType<IFieldSymbol>().Any(field => field.HasConstantValue);

    private static string? FirstReference(ValueExpression expression, Func<string, bool> predicate) => expression switch
    {
        ValueExpression.ParameterReference reference => predicate(reference.Name) ? reference.Name : null,
        ValueExpression.Unary unary => FirstReference(unary.Operand, predicate),
        ValueExpression.Binary binary => FirstReference(binary.Left, predicate) ?? FirstReference(binary.Right, predicate),
        ValueExpression.Conditional conditional => FirstReference(conditional.Condition, predicate)
            ?? FirstReference(conditional.Then, predicate)
            ?? FirstReference(conditional.Otherwise, predicate),
        _ => null,
    };
}
