using NetDsl.Generators.IR;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Prints scalar expressions as C# over <c>Vector&lt;float&gt;</c>: the printer of the CPU target.</summary>
internal static class VectorExpression
{
    /// <param name="expression">The tree.</param>
    /// <param name="operand">The name of each operand's vector.</param>
    public static string Print(ScalarExpression expression, Func<int, string> operand) => Strip(Write(expression, operand));

    /// <summary>The streams of random numbers that the expression draws from, in order of appearance.</summary>
    public static IReadOnlyList<uint> Streams(ScalarExpression expression)
    {
        var streams = new List<uint>();
        ScalarExpressions.Visit(expression, e =>
        {
            if (e is ScalarExpression.Uniform uniform && !streams.Contains(uniform.Stream)) streams.Add(uniform.Stream);
        });
        return streams;
    }

    /// <summary>Whether the expression reads 1 / batch.</summary>
    public static bool ReadsBatch(ScalarExpression expression) =>
        ScalarExpressions.Any(expression, e => e is ScalarExpression.InverseBatch);

    /// <summary>The name of the vector of random numbers of a stream.</summary>
    public static string Random(uint stream) => "random" + stream.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);

    private static string Write(ScalarExpression expression, Func<int, string> operand)
    {
        string All(ScalarExpression inner) => Write(inner, operand);
        string Bare(ScalarExpression inner) => Strip(All(inner));

        return expression switch
        {
            ScalarExpression.Operand o => operand(o.Index),
            ScalarExpression.Constant { Value: 0 } => "Vector<float>.Zero",
            ScalarExpression.Constant { Value: 1 } => "Vector<float>.One",
            ScalarExpression.Constant constant => $"new Vector<float>({CSharp.Float(constant.Value)})",
            ScalarExpression.InverseBatch => "new Vector<float>(inverseBatch)",
            ScalarExpression.Uniform uniform => Random(uniform.Stream),
            ScalarExpression.Unary { Function: UnaryFunction.Negate } unary => $"(-{All(unary.Argument)})",
            ScalarExpression.Unary unary => $"{Function(unary.Function)}({Bare(unary.Argument)})",
            ScalarExpression.Binary { Function: BinaryFunction.Max } binary => $"Vector.Max({Bare(binary.Left)}, {Bare(binary.Right)})",
            ScalarExpression.Binary { Function: BinaryFunction.Min } binary => $"Vector.Min({Bare(binary.Left)}, {Bare(binary.Right)})",
            ScalarExpression.Binary binary => $"({Factor(binary.Left)} {Operator(binary.Function)} {Factor(binary.Right)})",
            ScalarExpression.SelectGreater select =>
                $"Vector.ConditionalSelect(Vector.GreaterThan({Bare(select.Left)}, {Bare(select.Right)}), {Bare(select.Then)}, {Bare(select.Otherwise)})",
            _ => throw new IRException($"{expression.GetType().Name}: no row in the printer of the CPU."),
        };

        string Factor(ScalarExpression inner) => All(inner);
    }

    private static string Operator(BinaryFunction function) => function switch
    {
        BinaryFunction.Add => "+",
        BinaryFunction.Subtract => "-",
        BinaryFunction.Multiply => "*",
        BinaryFunction.Divide => "/",
        _ => throw new IRException($"{function}: no row in the printer of the CPU."),
    };

    private static string Function(UnaryFunction function) => function switch
    {
        UnaryFunction.Exp => "VectorMath.Exp",
        UnaryFunction.Log => "VectorMath.Log",
        UnaryFunction.Log1p => "VectorMath.Log1p",
        UnaryFunction.Sqrt => "Vector.SquareRoot",
        UnaryFunction.Tanh => "VectorMath.Tanh",
        UnaryFunction.Sigmoid => "VectorMath.Sigmoid",
        UnaryFunction.Softplus => "VectorMath.Softplus",
        UnaryFunction.Abs => "Vector.Abs",
        _ => throw new IRException($"{function}: no row in the printer of the CPU."),
    };

    /// <summary>The text without its outermost pair of parentheses.</summary>
    private static string Strip(string text)
    {
        if (text.Length < 2 || text[0] != '(' || text[text.Length - 1] != ')') return text;
        int depth = 0;
        for (int i = 0; i < text.Length - 1; i++)
        {
            if (text[i] == '(') depth++;
            if (text[i] == ')' && --depth == 0) return text;
        }

        return text.Substring(1, text.Length - 2);
    }
}
