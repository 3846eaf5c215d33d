using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes the reading of a table's rows by their index, and its gradient: an item has a few neighbouring elements of a row.</summary>
internal static class GatherEmitter
{
    public static string Extent(GpuKernel.SetRow k) => Times("f.Batch", k.Columns);

    public static string Extent(GpuKernel.Gather k) => Times("f.Batch", (long)k.Rows * k.Columns / k.Lanes);

    public static string Extent(GpuKernel.GatherGradient k) => Int((long)k.TableRows * k.Columns / k.Lanes);

    /// <summary>An item has an element of the row. The result is the table itself.</summary>
    public static void Write(CodeWriter code, GpuKernel.SetRow k, GpuSignature s)
    {
        Item(code, Times("a.batch", k.Columns));
        code.Line($"int sample = {Quotient("item", k.Columns)};");
        code.Line($"int column = {Remainder("item", k.Columns)};");
        code.Line($"int index = a.{s[3]}[{Times("sample", k.Strides[3])}];");
        code.Line($"a.{s[0]}[{Sum(Times("sample", k.Strides[0]), Times("index", k.Columns), "column")}] = a.{s[2]}[{Sum(Times("sample", k.Strides[2]), "column")}];");
    }

    public static void Write(CodeWriter code, GpuKernel.Gather k, GpuSignature s)
    {
        Item(code, Extent(k).Replace("f.Batch", "a.batch"));
        int across = k.Columns / k.Lanes;
        code.Line($"int row = {Quotient("item", across)};");
        code.Line($"int lane = {Remainder("item", across)};");
        code.Line($"int index = a.{s[2]}[{Row("row", k.Rows, 1, k.Strides[2])}];");
        Func<int, string> element = VectorAccess.Load(code, "x", s[1], k.Lanes, k.Aligned, new Term("index", k.Columns), new Term("lane", k.Lanes));
        VectorAccess.Store(code, s[0], k.Lanes, k.Aligned, [.. RowTerms("row", k.Rows, k.Columns, k.Strides[0]), new Term("lane", k.Lanes)], element);
    }

    /// <summary>Each element of the table looks through all indices: no two items add to one place, and the order is that of the samples.</summary>
    public static void Write(CodeWriter code, GpuKernel.GatherGradient k, GpuSignature s)
    {
        Item(code, Extent(k));
        int across = k.Columns / k.Lanes;
        code.Line($"int index = {Quotient("item", across)};");
        code.Line($"int lane = {Remainder("item", across)};");
        code.Line("float " + string.Join(", ", Enumerable.Range(0, k.Lanes).Select(lane => $"sum{Int(lane)} = 0f")) + ";");
        using (code.Open($"for (int row = 0; row < {Times("a.batch", k.Rows)}; row++)"))
        {
            code.Line($"if (a.{s[1]}[{Row("row", k.Rows, 1, k.Strides[1])}] != index) continue;");
            Func<int, string> element = VectorAccess.Load(code, "dy", s[2], k.Lanes, k.Aligned, [.. RowTerms("row", k.Rows, k.Columns, k.Strides[2]), new Term("lane", k.Lanes)]);
            for (int lane = 0; lane < k.Lanes; lane++) code.Line($"sum{Int(lane)} += {element(lane)};");
        }

        VectorAccess.Store(code, s[0], k.Lanes, k.Aligned, [new Term("index", k.Columns), new Term("lane", k.Lanes)], lane => $"sum{Int(lane)}");
    }
}
