namespace NetDsl.Generators.IR;

/// <summary>
/// Algebra on scalar expressions: folds constants and drops neutral operations. 0 * x is 0 here, as symbolic
/// differentiation means it; it never removes a NaN from a forward expression, whose trees contain no such product.
/// </summary>
internal static class Simplifier
{
    private static readonly ScalarExpression Zero = 0;
    private static readonly ScalarExpression One = 1;

    public static ScalarExpression Simplify(ScalarExpression expression) =>
        ScalarExpressions.Rewrite(expression, Step);

    private static ScalarExpression Step(ScalarExpression expression) => expression switch
    {
        ScalarExpression.Unary { Function: UnaryFunction.Negate, Argument: ScalarExpression.Constant c } => -c.Value,
        ScalarExpression.Unary { Function: UnaryFunction.Negate, Argument: ScalarExpression.Unary { Function: UnaryFunction.Negate } inner } => inner.Argument,
        ScalarExpression.Binary binary => Binary(binary),
        ScalarExpression.SelectGreater select when select.Then.Equals(select.Otherwise) => select.Then,
        ScalarExpression.SelectGreater { Left: ScalarExpression.Constant left, Right: ScalarExpression.Constant right } select =>
            left.Value > right.Value ? select.Then : select.Otherwise,
        _ => expression,
    };

    private static ScalarExpression Binary(ScalarExpression.Binary binary)
    {
        ScalarExpression a = binary.Left, b = binary.Right;
        if (a is ScalarExpression.Constant x && b is ScalarExpression.Constant y) return Fold(binary.Function, x.Value, y.Value);
        switch (binary.Function)
        {
            case BinaryFunction.Add when a.Equals(Zero): return b;
            case BinaryFunction.Add when b.Equals(Zero): return a;
            case BinaryFunction.Subtract when b.Equals(Zero): return a;
            case BinaryFunction.Subtract when a.Equals(Zero): return Step(-b);
            case BinaryFunction.Multiply when a.Equals(Zero) || b.Equals(Zero): return Zero;
            case BinaryFunction.Multiply when a.Equals(One): return b;
            case BinaryFunction.Multiply when b.Equals(One): return a;
            case BinaryFunction.Multiply when b.Equals((ScalarExpression)(-1.0)): return Step(-a);
            case BinaryFunction.Multiply when a.Equals((ScalarExpression)(-1.0)): return Step(-b);

            // x * (c ? p : q) with a constant branch reads better, and costs less, inside the choice.
            case BinaryFunction.Multiply when b is ScalarExpression.SelectGreater select && HasNeutralBranch(select): return Into(select, a);
            case BinaryFunction.Multiply when a is ScalarExpression.SelectGreater select && HasNeutralBranch(select): return Into(select, b);
            case BinaryFunction.Divide when b.Equals(One): return a;
            case BinaryFunction.Divide when a.Equals(Zero): return Zero;
            default: return binary;
        }
    }

    private static bool HasNeutralBranch(ScalarExpression.SelectGreater select) =>
        select.Then is ScalarExpression.Constant && select.Otherwise is ScalarExpression.Constant;

    private static ScalarExpression Into(ScalarExpression.SelectGreater select, ScalarExpression factor) =>
        new ScalarExpression.SelectGreater(select.Left, select.Right, Step(factor * select.Then), Step(factor * select.Otherwise));

    private static ScalarExpression Fold(BinaryFunction function, double a, double b) => function switch
    {
        BinaryFunction.Add => a + b,
        BinaryFunction.Subtract => a - b,
        BinaryFunction.Multiply => a * b,
        BinaryFunction.Divide => a / b,
        BinaryFunction.Max => Math.Max(a, b),
        BinaryFunction.Min => Math.Min(a, b),
        _ => throw new IRException($"{function}: no row in the table of constant folding."),
    };
}
