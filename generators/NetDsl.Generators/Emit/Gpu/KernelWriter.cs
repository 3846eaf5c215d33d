using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Pieces that the kernels' emitters have in common: text of indices, sums in registers, stores with an epilogue.</summary>
internal static class KernelWriter
{
    public static string Int(long value) => CSharp.Int(value);

    /// <summary><c>index * factor</c>, without what does nothing.</summary>
    public static string Times(string index, long factor) => factor == 0 || index == "0" ? "0" : factor == 1 ? index : $"{index} * {Int(factor)}";

    /// <summary>The terms that are not zero, added; <c>0</c> where none is left.</summary>
    public static string Sum(params string[] terms)
    {
        string[] rest = [.. terms.Where(term => term != "0" && term != "")];
        return rest.Length == 0 ? "0" : string.Join(" + ", rest);
    }

    /// <summary><c>a.view.SubView(start, length)</c>.</summary>
    public static string View(string view, string start, long length) => $"a.{view}.SubView({start}, {Int(length)})";

    /// <summary>Start of row <paramref name="row"/> of all samples' rows: a multiply where rows lie next to each other.</summary>
    /// <param name="row">Name of the row's index.</param>
    /// <param name="rows">Rows of a sample.</param>
    /// <param name="length">Elements of a row.</param>
    /// <param name="stride">Elements from one sample to the next.</param>
    public static string Row(string row, int rows, int length, int stride) => stride == (long)rows * length
        ? Times(row, length)
        : rows == 1 ? Times(row, stride) : $"{row} / {Int(rows)} * {Int(stride)} + {row} % {Int(rows)} * {Int(length)}";

    /// <summary><see cref="Row"/> as terms of an index.</summary>
    public static Term[] RowTerms(string row, int rows, int length, int stride) => stride == (long)rows * length
        ? [new Term(row, length)]
        : rows == 1 ? [new Term(row, stride)] : [new Term($"{row} / {Int(rows)}", stride), new Term($"{row} % {Int(rows)}", length)];

    /// <summary>
    /// First column of a tile: <c>0</c> where one tile is all; else the last tile begins so early that it ends with the columns, and
    /// stores what it shares with the one before it a second time, with the same bits.
    /// </summary>
    public static string Column(string tile, int columns, int wide) => columns == wide ? "0"
        : columns % wide == 0 ? Times(tile, wide)
        : $"Math.Min({Times(tile, wide)}, {Int(columns - wide)})";

    /// <summary><c>item % count</c> and <c>item / count</c>, without what does nothing.</summary>
    public static string Remainder(string item, long count) => count == 1 ? "0" : $"{item} % {Int(count)}";

    public static string Quotient(string item, long count) => count == 1 ? item : $"{item} / {Int(count)}";

    /// <summary>The item and the end of those that are left over in the last group.</summary>
    public static void Item(CodeWriter code, string items)
    {
        code.Line("int item = Grid.GlobalIndex.X;");
        code.Line($"if (item >= {items}) return;");
    }

    /// <summary>Name of a sum of the tile.</summary>
    public static string Accumulator(int row, int column) => $"sum{Int(row)}_{Int(column)}";

    /// <summary>Declares the sums of a tile, one line a row.</summary>
    public static void Accumulators(CodeWriter code, int rows, int columns)
    {
        for (int r = 0; r < rows; r++)
            code.Line("float " + string.Join(", ", Enumerable.Range(0, columns).Select(c => $"{Accumulator(r, c)} = 0f")) + ";");
    }

    /// <summary>The sums of a tile, one line a row.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Accumulated(int rows, int columns) =>
        [.. Enumerable.Range(0, rows).Select(r => (IReadOnlyList<string>)[.. Enumerable.Range(0, columns).Select(c => Accumulator(r, c))])];

    /// <summary>Declares the elements of a view as locals <c>name0, name1, ...</c>.</summary>
    public static void Elements(CodeWriter code, string name, string view, int count)
    {
        if (count == 1)
        {
            code.Line($"float {name}0 = {view}[0];");
            return;
        }

        code.Line($"ArrayView<float> {name} = {view};");
        code.Line("float " + string.Join(", ", Enumerable.Range(0, count).Select(i => $"{name}{Int(i)} = {name}[{Int(i)}]")) + ";");
    }

    /// <summary>One step of the sums: each row's factor times each column's.</summary>
    public static void MultiplyAdd(CodeWriter code, int rows, int columns, Func<int, string> row, Func<int, string> column)
    {
        for (int r = 0; r < rows; r++)
            code.Line(string.Join(" ", Enumerable.Range(0, columns).Select(c => $"{Accumulator(r, c)} += {row(r)} * {column(c)};")));
    }

    /// <summary>
    /// Text of an epilogue's value for one element.
    /// </summary>
    /// <param name="epilogue">The epilogue; <see langword="null"/>: the result as it is.</param>
    /// <param name="result">Text of the op's own result.</param>
    /// <param name="names">Names of the further operands.</param>
    /// <param name="strides">Their strides from sample to sample.</param>
    /// <param name="sample">Text of the sample.</param>
    /// <param name="row">Text of the row within the sample.</param>
    /// <param name="column">Text of the column.</param>
    public static string Apply(Epilogue? epilogue, string result, IReadOnlyList<string> names, IReadOnlyList<int> strides, string sample, string row, string column)
    {
        if (epilogue is null) return result;
        return GpuExpression.Print(epilogue.Expression, i => i == 0 ? result : $"a.{names[i - 1]}[{Place(epilogue.Operands[i - 1], strides[i - 1], sample, row, column)}]");
    }

    /// <summary>Writes <c>float inverseBatch</c> where an expression reads it.</summary>
    public static void InverseBatch(CodeWriter code, params ScalarExpression?[] expressions)
    {
        if (expressions.Any(e => e is not null && GpuExpression.ReadsBatch(e))) code.Line("float inverseBatch = 1f / a.batch;");
    }

    /// <summary>The elements of an access, from the index of the outer axes: <c>index / 4 % 3 * 7</c>.</summary>
    public static string Digits(OperandAccess access, string index, long extent) =>
        Sum([.. DigitTerms(access, index, extent).Select(term => Times(term.Index, term.Factor))]);

    /// <summary><see cref="Digits"/> as terms of an index.</summary>
    public static Term[] DigitTerms(OperandAccess access, string index, long extent) => [.. access.Digits.Select(digit =>
    {
        string number = digit.Divisor == 1 ? index : $"{index} / {Int(digit.Divisor)}";
        if ((long)digit.Divisor * digit.Extent != extent) number = $"{number} % {Int(digit.Extent)}";
        return new Term(number, digit.Stride);
    })];

    private static string Place(EpilogueOperand operand, int stride, string sample, string row, string column) => Sum(
        operand.Batched ? Times(sample, stride) : "0",
        operand.RowStride == 0 ? "0" : Times(row, operand.RowStride),
        operand.ColumnStride == 0 ? "0" : column);
}
