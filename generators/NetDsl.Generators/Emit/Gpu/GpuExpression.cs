using NetDsl.Generators.IR;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Prints scalar expressions as C# over <c>float</c>: the printer of the GPU target.</summary>
internal static class GpuExpression
{
    /// <param name="expression">The tree.</param>
    /// <param name="operand">Text of each operand's element.</param>
    /// <param name="random">Text that draws a random number.</param>
    public static string Print(ScalarExpression expression, Func<int, string> operand, Func<ScalarExpression.RandomNumber, string>? random = null) =>
        CSharp.Bare(Write(expression, operand, random));

    /// <summary>Whether the expression draws random numbers.</summary>
    public static bool DrawsRandom(ScalarExpression expression) =>
        ScalarExpressions.Any(expression, e => e is ScalarExpression.RandomNumber);

    /// <summary>Whether the expression reads 1 / batch.</summary>
    public static bool ReadsBatch(ScalarExpression expression) =>
        ScalarExpressions.Any(expression, e => e is ScalarExpression.InverseBatch);

    private static string Write(ScalarExpression expression, Func<int, string> operand, Func<ScalarExpression.RandomNumber, string>? random)
    {
        string All(ScalarExpression inner) => Write(inner, operand, random);
        string Bare(ScalarExpression inner) => CSharp.Bare(All(inner));

        return expression switch
        {
            ScalarExpression.Operand o => operand(o.Index),
            ScalarExpression.Constant constant => CSharp.Float(constant.Value) is var text && text[0] == '-' ? $"({text})" : text,
            ScalarExpression.InverseBatch => "inverseBatch",
            ScalarExpression.RandomNumber number => random?.Invoke(number) ?? throw new IRException("Random numbers belong to elementwise kernels."),
            ScalarExpression.Unary { Function: UnaryFunction.Negate } unary => $"(-{All(unary.Argument)})",
            ScalarExpression.Unary unary => $"GpuMath.{unary.Function}({Bare(unary.Argument)})",
            ScalarExpression.Binary { Function: BinaryFunction.Max or BinaryFunction.Min } binary => $"GpuMath.{binary.Function}({Bare(binary.Left)}, {Bare(binary.Right)})",
            ScalarExpression.Binary binary => $"({All(binary.Left)} {Operator(binary.Function)} {All(binary.Right)})",
            ScalarExpression.SelectGreater select => $"({All(select.Left)} > {All(select.Right)} ? {All(select.Then)} : {All(select.Otherwise)})",
            _ => throw new IRException($"{expression.GetType().Name}: no row in the printer of the GPU."),
        };
    }

    private static string Operator(BinaryFunction function) => function switch
    {
        BinaryFunction.Add => "+",
        BinaryFunction.Subtract => "-",
        BinaryFunction.Multiply => "*",
        BinaryFunction.Divide => "/",
        _ => throw new IRException($"{function}: no row in the printer of the GPU."),
    };
}
