namespace NetDsl.Generators.IR;

/// <summary>One step of <see cref="Op.RowSteps"/>.</summary>
/// <param name="Reduction">How the expression is reduced along the row; <see langword="null"/>: it is not.</param>
/// <param name="Expression">Over the n operands of the op, and behind them over the results of the steps before: operand n + i is that of step i.</param>
/// <param name="IsWide">The result is a row, and not one number a row.</param>
/// <param name="IsResult">The result is one of the op's.</param>
internal sealed record RowStep(Reduction? Reduction, ScalarExpression Expression, bool IsWide, bool IsResult);
