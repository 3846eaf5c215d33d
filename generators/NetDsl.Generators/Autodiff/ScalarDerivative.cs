using NetDsl.Generators.IR;

namespace NetDsl.Generators.Autodiff;

/// <summary>Derivatives of scalar expressions by an operand.</summary>
internal static class ScalarDerivative
{
    /// <summary>d expression / d operand.</summary>
    public static ScalarExpression Of(ScalarExpression expression, int operand) =>
        Simplifier.Simplify(Derive(expression, operand));

    /// <summary>
    /// d expression / d operand, where the outermost function allows it written with the result
    /// (operand number <paramref name="result"/>) instead of the operands: tanh' = 1 - y^2. Then the step keeps the
    /// activation's output alone, not what went into it.
    /// </summary>
    public static ScalarExpression Of(ScalarExpression expression, int operand, int result) =>
        Simplifier.Simplify(DeriveOutermost(expression, operand, ScalarExpression.Of(result)));

    private static ScalarExpression DeriveOutermost(ScalarExpression expression, int operand, ScalarExpression y) => expression switch
    {
        // Rectifiers: the result is positive exactly where the argument is.
        ScalarExpression.Binary { Function: BinaryFunction.Max, Right: ScalarExpression.Constant { Value: 0 } } max =>
            Choose(y, 0, Derive(max.Left, operand), 0),
        ScalarExpression.SelectGreater { Right: ScalarExpression.Constant { Value: 0 } } select
            when select.Left.Equals(select.Then) && IsPositiveMultiple(select.Otherwise, select.Left) =>
            Choose(y, 0, Derive(select.Then, operand), Derive(select.Otherwise, operand)),

        // ELU, x > 0 ? x : exp(x) - 1: below zero exp(x) = y + 1.
        ScalarExpression.SelectGreater { Right: ScalarExpression.Constant { Value: 0 } } select
            when select.Left.Equals(select.Then) && select.Otherwise.Equals(new ScalarExpression.Unary(UnaryFunction.Exp, select.Left) - 1) =>
            Choose(y, 0, 1, y + 1) * Derive(select.Left, operand),
        ScalarExpression.Unary { Function: UnaryFunction.Tanh } unary => (1 - (y * y)) * Derive(unary.Argument, operand),
        ScalarExpression.Unary { Function: UnaryFunction.Sigmoid } unary => y * (1 - y) * Derive(unary.Argument, operand),
        ScalarExpression.Unary { Function: UnaryFunction.Exp } unary => y * Derive(unary.Argument, operand),
        ScalarExpression.Unary { Function: UnaryFunction.Sqrt } unary => Derive(unary.Argument, operand) / (2 * y),
        _ => Derive(expression, operand),
    };

    private static ScalarExpression Derive(ScalarExpression expression, int operand) => expression switch
    {
        ScalarExpression.Operand o => o.Index == operand ? 1 : 0,
        ScalarExpression.Constant or ScalarExpression.InverseBatch or ScalarExpression.RandomNumber => 0,
        ScalarExpression.Unary unary => Unary(unary.Function, unary.Argument) * Derive(unary.Argument, operand),
        ScalarExpression.Binary binary => Binary(binary.Function, binary.Left, binary.Right, Derive(binary.Left, operand), Derive(binary.Right, operand)),
        ScalarExpression.SelectGreater select => Choose(select.Left, select.Right, Derive(select.Then, operand), Derive(select.Otherwise, operand)),
        _ => throw new IRException($"{expression.GetType().Name}: no row in the table of derivatives."),
    };

    /// <summary>df/dx at <paramref name="x"/>.</summary>
    private static ScalarExpression Unary(UnaryFunction function, ScalarExpression x)
    {
        ScalarExpression y = new ScalarExpression.Unary(function, x);
        return function switch
        {
            UnaryFunction.Negate => -1,
            UnaryFunction.Exp => y,
            UnaryFunction.Log => 1 / x,
            UnaryFunction.Log1p => 1 / (1 + x),
            UnaryFunction.Sqrt => 1 / (2 * y),
            UnaryFunction.Tanh => 1 - (y * y),
            UnaryFunction.Sigmoid => y * (1 - y),
            UnaryFunction.Softplus => new ScalarExpression.Unary(UnaryFunction.Sigmoid, x),
            UnaryFunction.Abs => Choose(x, 0, 1, Choose(0, x, -1, 0)),
            UnaryFunction.GELU => new ScalarExpression.Unary(UnaryFunction.GELUGradient, x),
            UnaryFunction.GELUGradient => (2 - (x * x)) / Math.Sqrt(2 * Math.PI) * new ScalarExpression.Unary(UnaryFunction.Exp, -0.5 * (x * x)),
            _ => throw new IRException($"{function}: no row in the table of derivatives."),
        };
    }

    private static ScalarExpression Binary(BinaryFunction function, ScalarExpression a, ScalarExpression b, ScalarExpression da, ScalarExpression db) => function switch
    {
        BinaryFunction.Add => da + db,
        BinaryFunction.Subtract => da - db,
        BinaryFunction.Multiply => (da * b) + (a * db),
        BinaryFunction.Divide => (da / b) - (a * db / (b * b)),
        BinaryFunction.Max => Choose(a, b, da, db),
        BinaryFunction.Min => Choose(b, a, da, db),
        _ => throw new IRException($"{function}: no row in the table of derivatives."),
    };

    private static ScalarExpression Choose(ScalarExpression left, ScalarExpression right, ScalarExpression then, ScalarExpression otherwise) =>
        new ScalarExpression.SelectGreater(left, right, then, otherwise);

    private static bool IsPositiveMultiple(ScalarExpression expression, ScalarExpression x) =>
        expression is ScalarExpression.Binary { Function: BinaryFunction.Multiply, Left: ScalarExpression.Constant { Value: > 0 } } product && product.Right.Equals(x);
}
