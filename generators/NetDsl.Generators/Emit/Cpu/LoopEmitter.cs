using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>One operand of a vector loop.</summary>
/// <param name="Name">Name of the vector, where one number serves all lanes.</param>
/// <param name="Place">Name of the place in memory it is loaded from.</param>
/// <param name="Runs">It advances with the loop; else one number serves all lanes.</param>
internal sealed record LoopOperand(string Name, string Place, bool Runs);

/// <summary>Writes the two things every elementwise kernel consists of: its formula, and the loop that applies it to vectors.</summary>
internal static class LoopEmitter
{
    /// <summary>Extents that every vector width divides need no tail.</summary>
    private const int WidestVector = 16;

    /// <summary>Name of an operand's place for the row at hand.</summary>
    public static string Place(string operand) => "at" + CSharp.Pascal(operand.TrimStart('@'));

    /// <summary>Name of the vector whose lanes all hold an operand's one number.</summary>
    public static string Broadcast(string operand) => "all" + CSharp.Pascal(operand.TrimStart('@'));

    /// <summary>Writes <c>Formula</c>, or a method of another name: the expression over one vector per operand.</summary>
    public static void Formula(CodeWriter code, ScalarExpression expression, IReadOnlyList<string> operands, string method = "Formula")
    {
        var parameters = operands.Select(name => $"Vector<float> {name}")
            .Concat(VectorExpression.RandomNumbers(expression).Select(number => $"Vector<float> {VectorExpression.Random(number)}"));
        code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        string modifier = VectorExpression.ReadsBatch(expression) ? "" : "static ";
        string signature = $"private {modifier}Vector<float> {method}({string.Join(", ", parameters)})";
        var (shared, results) = VectorExpression.Print(operands, expression);
        string result = results[0];
        if (shared.Count == 0)
        {
            code.Line(signature + " =>");
            using (code.Indent()) code.Line(result + ";");
            return;
        }

        using (code.Open(signature))
        {
            foreach (var (name, value) in shared) code.Line($"Vector<float> {name} = {value};");
            code.Line($"return {result};");
        }
    }

    /// <summary>Writes a <c>Formula</c> that gives the value of the expression's derivative as well.</summary>
    public static void FormulaWithSlope(CodeWriter code, ScalarExpression expression, ScalarExpression slope, IReadOnlyList<string> operands)
    {
        code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        string signature = $"private static Vector<float> Formula({string.Join(", ", operands.Select(name => $"Vector<float> {name}"))}, out Vector<float> slope)";
        if (VectorExpression.PrintWithSlope(operands, expression, slope) is { } call)
        {
            code.Line(signature + " =>");
            using (code.Indent()) code.Line(call + ";");
            return;
        }

        var (shared, results) = VectorExpression.Print(operands, expression, slope);
        using (code.Open(signature))
        {
            foreach (var (name, value) in shared) code.Line($"Vector<float> {name} = {value};");
            code.Line($"slope = {results[1]};");
            code.Line($"return {results[0]};");
        }
    }

    /// <summary>
    /// Writes a loop over <paramref name="count"/> elements: whole vectors, then the rest through a partial one, whose lanes
    /// compute the same bits.
    /// </summary>
    /// <param name="code">Where to.</param>
    /// <param name="expression">The formula, for its random streams.</param>
    /// <param name="operands">Its operands.</param>
    /// <param name="count">A literal or the name of a variable.</param>
    /// <param name="literal">The count where it is known, else 0.</param>
    /// <param name="first">First index; a literal or a name.</param>
    /// <param name="store">The statements that store a vector at index i, a line each.</param>
    /// <param name="storePartial">Those that store its first <c>lanes</c> lanes.</param>
    /// <param name="random">Text that draws the vector of a stream at index i.</param>
    public static void Loop(
        CodeWriter code,
        ScalarExpression expression,
        IReadOnlyList<LoopOperand> operands,
        string count,
        int literal,
        string first,
        Func<string, string> store,
        Func<string, string> storePartial,
        Func<ScalarExpression.RandomNumber, string>? random = null)
    {
        foreach (LoopOperand operand in operands.Where(o => !o.Runs)) code.Line($"Vector<float> {operand.Name} = new({operand.Place}[0]);");
        string Apply(Func<LoopOperand, string> load) => "Formula(" + string.Join(
            ", ",
            operands.Select(o => o.Runs ? load(o) : o.Name)
                .Concat(VectorExpression.RandomNumbers(expression).Select(number => random!(number)))) + ")";

        string whole = store(Apply(o => $"{o.Place}.Load(i)"));
        if (literal > 0 && literal % WidestVector == 0 && first == "0")
        {
            code.Line($"for (nint i = 0; i < {count}; i += Vector<float>.Count)");
            Body(code, whole);
            return;
        }

        code.Line($"nint i = {first};");
        if (literal is 0 or >= 4)
        {
            code.Line($"for (; i <= {count} - Vector<float>.Count; i += Vector<float>.Count)");
            Body(code, whole);
        }

        using (code.Open($"if (i < {count})"))
        {
            code.Line($"int lanes = (int)({count} - i);");
            code.Line(storePartial(Apply(o => $"{o.Place}.LoadPartial(i, lanes)")));
        }
    }

    /// <summary>One statement, or several in braces.</summary>
    private static void Body(CodeWriter code, string statements)
    {
        using (statements.Contains('\n') ? code.Open() : code.Indent()) code.Line(statements);
    }

    /// <summary>The place of an operand for the outer index <c>o</c> of a sample, as an expression.</summary>
    /// <param name="name">The operand.</param>
    /// <param name="access">How it is reached.</param>
    /// <param name="outer">Name of the outer index.</param>
    /// <param name="extent">Extent of the outer index.</param>
    public static string Address(string name, OperandAccess access, string outer, int extent)
    {
        string start = access.Batched ? $"{name}[sample]" : name;
        string offset = string.Join(" + ", access.Digits.Select(digit => Digit(digit, outer, extent)));
        return offset.Length == 0 ? start : $"{start} + {(access.Digits.Length > 1 ? "(" + offset + ")" : offset)}";
    }

    private static string Digit(Digit digit, string outer, int extent)
    {
        string index = digit.Divisor == 1 ? outer : $"({outer} / {CSharp.Int(digit.Divisor)})";
        if (digit.Divisor * digit.Extent != extent) index = $"({index} % {CSharp.Int(digit.Extent)})";
        return digit.Stride == 1 ? index : $"({index} * {CSharp.Int(digit.Stride)})";
    }
}
