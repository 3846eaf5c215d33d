using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes the reading of a table's rows by their index, where an item has a few neighbouring elements of a row, and its gradient.</summary>
internal static class GatherEmitter
{
    /// <summary>Items of a group of a gradient, and indices that it looks through at a time.</summary>
    public const int GroupSize = 128;

    /// <summary>Indices that an item passes over together where none of them counts.</summary>
    private const int Together = 4;

    public static string Extent(GpuKernel.SetRow k) => Times("f.Batch", k.Columns);

    public static string Extent(GpuKernel.Gather k) => Times("f.Batch", (long)k.Rows * k.Columns / k.Lanes);

    public static string Extent(GpuKernel.GatherGradient k) => Int((long)k.TableRows * Tiling.Count(k.Columns, Tiling.GatherColumns) * k.Parts);

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

    /// <summary>
    /// A group has a row of the table and looks through the indices, so many at a time; where one is its own, its items add that row
    /// of the gradient, a column each. No two items add to one place, and the order is that of the samples.
    /// </summary>
    public static void Write(CodeWriter code, GpuKernel.GatherGradient k, GpuSignature s)
    {
        int wide = Math.Min(k.Columns, Tiling.GatherColumns), blocks = Tiling.Count(k.Columns, wide);
        code.Line($"// A group has a row of the table{(k.Parts > 1 ? $" and one of {Int(k.Parts)} parts of the indices" : "")}; it looks through {Int(GroupSize)} of them at a time.");
        code.Line($"int index = {Quotient("Grid.IdxX", (long)blocks * k.Parts)};");
        if (blocks > 1) code.Line($"int first = {Column($"{Quotient("Grid.IdxX", k.Parts)} % {Int(blocks)}", k.Columns, wide)};");
        if (k.Parts > 1) code.Line($"int part = Grid.IdxX % {Int(k.Parts)};");
        code.Line($"ArrayView<float> sums = SharedMemory.Allocate<float>({Int(wide)});");
        code.Line($"ArrayView<int> mine = SharedMemory.Allocate<int>({Int(GroupSize)});");
        code.Line("ArrayView<int> last = SharedMemory.Allocate<int>(1);");
        code.Line($"for (int column = Group.IdxX; column < {Int(wide)}; column += Group.DimX) sums[column] = 0f;");
        code.Line("if (Group.IdxX == 0) last[0] = -1;");
        code.Line($"int rows = {Times("a.batch", k.Rows)};");
        code.Line("Group.Barrier();");
        string start = k.Parts > 1 ? Times("part", GroupSize) : "0";
        using (code.Open($"for (int from = {start}; from < rows; from += {Int(GroupSize * k.Parts)})"))
        {
            using (code.Open($"for (int at = Group.IdxX; at < {Int(GroupSize)}; at += Group.DimX)"))
            {
                code.Line("int row = from + at;");
                code.Line("int found = 0;");
                code.Line($"if (row < rows && a.{s[1]}[{Row("row", k.Rows, 1, k.Strides[1])}] == index) found = 1;");
                code.Line("mine[at] = found;");
                code.Line("if (found == 1) last[0] = from; // Whoever writes, it is the same number.");
            }

            code.Line("Group.Barrier();");
            using (code.Open("if (last[0] == from)"))
            using (code.Open($"for (int column = Group.IdxX; column < {Int(wide)}; column += Group.DimX)"))
            {
                code.Line("float sum = sums[column];");
                using (code.Open($"for (int at = 0; at < {Int(GroupSize)}; at += {Int(Together)})"))
                {
                    code.Line($"ArrayView<int> some = mine.SubView(at, {Int(Together)});");
                    code.Line("int " + string.Join(", ", Enumerable.Range(0, Together).Select(i => $"found{i} = some[{i}]")) + ";");
                    code.Line($"if (({string.Join(" | ", Enumerable.Range(0, Together).Select(i => $"found{i}"))}) == 0) continue;");
                    code.Line("int row = from + at;");
                    for (int i = 0; i < Together; i++)
                    {
                        string row = i == 0 ? "row" : $"(row + {i})";
                        code.Line($"if (found{i} == 1) sum += a.{s[2]}[{Sum(Row(row, k.Rows, k.Columns, k.Strides[2]), blocks > 1 ? "first" : "", "column")}];");
                    }
                }

                code.Line("sums[column] = sum;");
            }

            code.Line("Group.Barrier();");
        }

        string results = k.Parts > 1 ? "a.partials" : "a." + s[0], part = k.Parts > 1 ? Times("part", (long)k.TableRows * k.Columns) : "";
        code.Line($"for (int column = Group.IdxX; column < {Int(wide)}; column += Group.DimX) {results}[{Sum(part, Times("index", k.Columns), blocks > 1 ? "first" : "", "column")}] = sums[column];");
    }
}
