using NetDsl.Generators.IR;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Prints scalar expressions as C# over <c>Vector&lt;float&gt;</c>: the printer of the CPU target.</summary>
internal static class VectorExpression
{
    /// <summary>The expressions, and before them the functions that they use more than once, each to be computed a single time.</summary>
    /// <param name="operands">The name of each operand's vector.</param>
    /// <param name="expressions">The trees.</param>
    public static (IReadOnlyList<(string Name, string Value)> Shared, string[] Results) Print(IReadOnlyList<string> operands, params ScalarExpression[] expressions)
    {
        var names = new Dictionary<ScalarExpression, string>();
        var shared = new List<(string Name, string Value)>();
        foreach (ScalarExpression.Unary repeated in Repeated(expressions))
        {
            string value = CSharp.Bare(Write(repeated, operands, names)), stem = repeated.Function.ToString().ToLowerInvariant(), name = stem;
            for (int i = 2; operands.Contains(name) || names.ContainsValue(name); i++) name = stem + CSharp.Int(i);
            names.Add(repeated, name);
            shared.Add((name, value));
        }

        return (shared, [.. expressions.Select(expression => CSharp.Bare(Write(expression, operands, names)))]);
    }

    /// <summary>The call of a function that gives its derivative as <c>slope</c> in one go; <see langword="null"/> where there is none.</summary>
    public static string? PrintWithSlope(IReadOnlyList<string> operands, ScalarExpression expression, ScalarExpression slope) =>
        expression is ScalarExpression.Unary { Function: UnaryFunction.GELU } gelu && slope is ScalarExpression.Unary { Function: UnaryFunction.GELUGradient } gradient && gelu.Argument.Equals(gradient.Argument)
            ? $"{Function(UnaryFunction.GELU)}({CSharp.Bare(Write(gelu.Argument, operands, []))}, out slope)"
            : null;

    /// <summary>The random numbers that the expression draws, in order of appearance.</summary>
    public static IReadOnlyList<ScalarExpression.RandomNumber> RandomNumbers(ScalarExpression expression)
    {
        var numbers = new List<ScalarExpression.RandomNumber>();
        ScalarExpressions.Visit(expression, e =>
        {
            if (e is ScalarExpression.RandomNumber number && !numbers.Contains(number)) numbers.Add(number);
        });
        return numbers;
    }

    /// <summary>Whether the expression reads 1 / batch.</summary>
    public static bool ReadsBatch(ScalarExpression expression) =>
        ScalarExpressions.Any(expression, e => e is ScalarExpression.InverseBatch);

    /// <summary>The name of the vector of a random number.</summary>
    public static string Random(ScalarExpression.RandomNumber number) => (number is ScalarExpression.Normal ? "normal" : "random") + number.Stream.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The calls that occur more than once when each is written a single time, inner ones first.</summary>
    private static IReadOnlyList<ScalarExpression.Unary> Repeated(IEnumerable<ScalarExpression> expressions)
    {
        var order = new List<ScalarExpression.Unary>();
        var uses = new Dictionary<ScalarExpression.Unary, int>();
        foreach (ScalarExpression expression in expressions) Count(expression);
        return [.. order.Where(call => uses[call] > 1)];

        void Count(ScalarExpression e)
        {
            var call = ScalarExpressions.IsFunction(e) ? (ScalarExpression.Unary)e : null;
            if (call is not null && uses.TryGetValue(call, out int count))
            {
                uses[call] = count + 1;
                return;
            }

            foreach (ScalarExpression operand in ScalarExpressions.OperandsOf(e)) Count(operand);
            if (call is null) return;
            uses.Add(call, 1);
            order.Add(call);
        }
    }

    private static string Write(ScalarExpression expression, IReadOnlyList<string> operands, Dictionary<ScalarExpression, string> names)
    {
        if (names.TryGetValue(expression, out string? name)) return name;
        string All(ScalarExpression inner) => Write(inner, operands, names);
        string Bare(ScalarExpression inner) => CSharp.Bare(All(inner));

        return expression switch
        {
            ScalarExpression.Operand o => operands[o.Index],
            ScalarExpression.Constant { Value: 0 } => "Vector<float>.Zero",
            ScalarExpression.Constant { Value: 1 } => "Vector<float>.One",
            ScalarExpression.Constant constant => $"new Vector<float>({CSharp.Float(constant.Value)})",
            ScalarExpression.InverseBatch => "new Vector<float>(inverseBatch)",
            ScalarExpression.RandomNumber number => Random(number),
            ScalarExpression.Unary { Function: UnaryFunction.Negate } unary => $"(-{All(unary.Argument)})",
            ScalarExpression.Unary unary => $"{Function(unary.Function)}({Bare(unary.Argument)})",
            ScalarExpression.Binary { Function: BinaryFunction.Max, Right: ScalarExpression.Constant { Value: 0 } } relu => $"VectorMath.ReLU({Bare(relu.Left)})",
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
        UnaryFunction.GELU => "VectorMath.GELU",
        UnaryFunction.GELUGradient => "VectorMath.GELUGradient",
        _ => throw new IRException($"{function}: no row in the printer of the CPU."),
    };
}
