using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Parsing;

/// <summary>
/// Reads an argument inside a block as an expression over the block's constants. The compiler folds constants before an
/// attribute can be asked for them, so that the defaults would be all there is: the syntax is read instead.
/// </summary>
internal sealed class ExpressionReader(ParseContext context, INamedTypeSymbol block, SyntaxTree tree)
{
    private readonly HashSet<string> _constants = [.. block.GetMembers().OfType<IFieldSymbol>().Where(field => field.IsConst).Select(field => field.Name)];
    private SemanticModel? _model;

    /// <summary>Bound on the first name that needs it: literals, by far the most, do without.</summary>
    private SemanticModel Model => _model ??= context.Compilation.GetSemanticModel(tree);

    /// <summary>The expression, or <see langword="null"/> after an error at <paramref name="at"/>.</summary>
    public ValueExpression? Read(ExpressionSyntax expression, SourceRef at)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Read(parenthesized.Expression, at);
            case LiteralExpressionSyntax literal when Constants.Read(literal.Token.Value, null) is { } constant && !literal.IsKind(SyntaxKind.DefaultLiteralExpression):
                return constant;
            case PrefixUnaryExpressionSyntax unary when unary.OperatorToken.Text is "-" or "+" or "!":
                return Read(unary.Operand, at) is { } operand ? new ValueExpression.Unary(unary.OperatorToken.Text, operand) : null;
            case BinaryExpressionSyntax binary when IsOperator(binary.OperatorToken.Text):
                return Read(binary.Left, at) is { } left && Read(binary.Right, at) is { } right
                    ? new ValueExpression.Binary(binary.OperatorToken.Text, left, right)
                    : null;
            case ConditionalExpressionSyntax conditional:
                return Read(conditional.Condition, at) is { } condition && Read(conditional.WhenTrue, at) is { } then && Read(conditional.WhenFalse, at) is { } otherwise
                    ? new ValueExpression.Conditional(condition, then, otherwise)
                    : null;
            case NameSyntax or MemberAccessExpressionSyntax when OwnConstant(expression) is { } name:
                return new ValueExpression.ParameterReference(name);
            default:
                return Fold(expression, at);
        }
    }

    private static bool IsOperator(string op) => op is "+" or "-" or "*" or "/" or "%" or "<" or "<=" or ">" or ">=" or "==" or "!=" or "&&" or "||";

    /// <summary>The name, where the expression means a constant of this block.</summary>
    private string? OwnConstant(ExpressionSyntax expression)
    {
        SimpleNameSyntax? name = expression switch
        {
            SimpleNameSyntax simple => simple,
            QualifiedNameSyntax qualified => qualified.Right,
            MemberAccessExpressionSyntax member => member.Name,
            _ => null,
        };
        if (name is null || !_constants.Contains(name.Identifier.ValueText)) return null;
        return Model.GetSymbolInfo(expression, context.Cancellation).Symbol is IFieldSymbol { IsConst: true } field
            && SymbolEqualityComparer.Default.Equals(field.ContainingType, block)
            ? field.Name
            : null;
    }

    /// <summary>Everything that the block's constants have no part in is what the compiler says it is.</summary>
    private ValueExpression.Constant? Fold(ExpressionSyntax expression, SourceRef at)
    {
        bool dependsOnBlock = !IsNameOf(expression)
            && expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(name => OwnConstant(name) is not null);
        Optional<object?> value = dependsOnBlock ? default : Model.GetConstantValue(expression, context.Cancellation);
        if (value.HasValue && Constants.Read(value.Value, Model.GetTypeInfo(expression, context.Cancellation).Type) is ValueExpression.Constant constant)
            return constant;
        context.Report(
            DiagnosticIds.UnsupportedExpression,
            at,
            $"'{expression}' is none of literals, the block's constants, enum members, + - * / %, comparisons, && || ! and ?:");
        return null;
    }

    private static bool IsNameOf(ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } };
}
