using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes the first kernel of a program: an item has one element of one column.</summary>
internal static class LoadEmitter
{
    /// <summary>Elements a sample, over all columns.</summary>
    public static int Elements(GpuKernel.Load k) => k.Columns.Sum(column => column.Elements);

    public static void Write(CodeWriter code, GpuKernel.Load k)
    {
        int elements = Elements(k);
        InverseBatch(code, [.. k.Columns.Select(column => column.Expression)]);
        Item(code, Times("a.Batch", elements));
        code.Line($"int sample = {Quotient("item", elements)};");
        code.Line($"int element = {Remainder("item", elements)};");
        code.Line("int row = a.Rows[sample];");
        int start = 0;
        foreach (LoadedColumn column in k.Columns)
        {
            bool last = start + column.Elements == elements;
            using (last ? code.Open() : code.Open($"if (element < {Int(start + column.Elements)})"))
            {
                string at = start == 0 ? "element" : $"element - {Int(start)}";
                code.Line($"int i = {at};");
                code.Line($"ArrayView<float> y = a.Activations.SubView({Sum(Times("a.Capacity", column.Offset), Int(column.Start), Times("sample", column.Stride), "i")}, 1);");
                string source = $"a.Data, a.Columns[{Int(column.Column)}], row, {Int(column.Elements)}, i";
                if (column.Labels) code.Line($"y.Cast<int>()[0] = GpuMath.Label({source});");
                else if (column.Expression is null) code.Line($"y[0] = GpuMath.Number({source});");
                else Formula(code, column, source);
                if (!last) code.Line("return;");
            }

            start += column.Elements;
        }
    }

    private static void Formula(CodeWriter code, LoadedColumn column, string source)
    {
        code.Line($"float x = GpuMath.Number({source});");
        code.Line($"y[0] = {GpuExpression.Print(column.Expression!, n => n == 0 ? "x" : Parameter(column, column.Parameters[n - 1]))};");
    }

    private static string Parameter(LoadedColumn column, LoadedParameter parameter)
    {
        string outer = Digits(parameter.Access, $"i / {Int(parameter.Inner)}", column.Elements / parameter.Inner);
        string inner = parameter.Access.InnerStride == 0 ? "0" : parameter.Inner == column.Elements ? "i" : $"i % {Int(parameter.Inner)}";
        return $"a.Parameters[{Sum(Int(parameter.Offset), outer, inner)}]";
    }
}
