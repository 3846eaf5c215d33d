using System.Globalization;

namespace NetDsl.Generators.IR;

/// <summary>Prints a <see cref="ScalarExpression"/> in infix form with the fewest parentheses: <c>max($0 * 2 + $1, 0)</c>.</summary>
internal static class ExpressionPrinter
{
    private const int Sum = 1, Product = 2, Prefix = 3, Atom = 4;

    /// <param name="expression">The tree.</param>
    /// <param name="operand">How an operand is written; by default <c>$</c> and its index.</param>
    public static string Print(ScalarExpression expression, Func<int, string>? operand = null) =>
        Write(expression, operand ?? (index => "$" + index.ToString(CultureInfo.InvariantCulture))).Text;

    private static (string Text, int Precedence) Write(ScalarExpression expression, Func<int, string> operand)
    {
        string All(ScalarExpression inner) => Write(inner, operand).Text;

        switch (expression)
        {
            case ScalarExpression.Operand o:
                return (operand(o.Index), Atom);
            case ScalarExpression.Constant constant:
                return (constant.Value.ToString("R", CultureInfo.InvariantCulture), constant.Value < 0 ? Prefix : Atom);
            case ScalarExpression.InverseBatch:
                return ("1/B", Product);
            case ScalarExpression.Uniform uniform:
                return ($"uniform(0x{uniform.Stream:x8})", Atom);
            case ScalarExpression.Normal normal:
                return ($"normal(0x{normal.Stream:x8})", Atom);
            case ScalarExpression.Unary { Function: UnaryFunction.Negate } negate:
                return ("-" + At(negate.Argument, Atom, operand), Prefix);
            case ScalarExpression.Unary unary:
                return ($"{Lower(unary.Function.ToString())}({All(unary.Argument)})", Atom);
            case ScalarExpression.Binary { Function: BinaryFunction.Max or BinaryFunction.Min } binary:
                return ($"{Lower(binary.Function.ToString())}({All(binary.Left)}, {All(binary.Right)})", Atom);
            case ScalarExpression.Binary binary:
                (string symbol, int precedence) = binary.Function switch
                {
                    BinaryFunction.Add => ("+", Sum),
                    BinaryFunction.Subtract => ("-", Sum),
                    BinaryFunction.Multiply => ("*", Product),
                    _ => ("/", Product),
                };

                // Floating-point operators do not associate: the right side keeps its parentheses.
                return ($"{At(binary.Left, precedence, operand)} {symbol} {At(binary.Right, precedence + 1, operand)}", precedence);
            case ScalarExpression.SelectGreater select:
                return ($"({All(select.Left)} > {All(select.Right)} ? {All(select.Then)} : {All(select.Otherwise)})", Atom);
            default:
                throw new IRException($"{expression.GetType().Name}: no row in the printer.");
        }
    }

    private static string At(ScalarExpression expression, int precedence, Func<int, string> operand)
    {
        (string text, int own) = Write(expression, operand);
        return own < precedence ? "(" + text + ")" : text;
    }

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
