using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes elementwise kernels, copies, transposed matrices and zeros: an item has a few neighbouring elements.</summary>
internal static class ElementwiseEmitter
{
    public static string Extent(GpuKernel.Elementwise k) => Samples(k.Batched, (long)k.Outer * k.Inner / k.Lanes);

    public static string Extent(GpuKernel.Copy k) => Samples(k.Batched, (long)k.Outer * k.Length / Tiling.Lanes(k.Length));

    public static string Extent(GpuKernel.Zero k) => Samples(k.Batched, k.Elements / Tiling.Lanes(k.Elements));

    public static void Write(CodeWriter code, GpuKernel.Elementwise k, GpuSignature s)
    {
        InverseBatch(code, k.Expression);
        Item(code, Extent(k).Replace("f.Batch", "a.batch"));
        Place(code, (long)k.Outer * k.Inner, k.Batched, k.Lanes, GpuExpression.DrawsRandom(k.Expression));
        int across = k.Inner / k.Lanes;
        if (k.Outer > 1) code.Line($"int o = {Quotient("lane", across)};");
        Term inner = new(k.Outer > 1 ? Remainder("lane", across) : "lane", k.Lanes);
        var operands = new List<Func<int, string>>();
        for (int n = 0; n < k.Operands.Length; n++)
        {
            OperandAccess access = k.Operands[n];
            Term[] terms = [new Term("sample", access.Batched ? k.Strides[n + 1] : 0), .. DigitTerms(access, "o", k.Outer)];
            operands.Add(access.InnerStride == 1
                ? VectorAccess.Load(code, $"v{n}_", s[n + 1], k.Lanes, k.Aligned, [.. terms, inner])
                : Single(code, $"v{n}_", s[n + 1], terms));
        }

        string[] values = [.. Enumerable.Range(0, k.Lanes).Select(lane => GpuExpression.Print(
            k.Expression,
            n => operands[n](lane),
            number => $"GpuMath.{number.GetType().Name}(a.random, 0x{number.Stream:x8}u, {(k.Batched ? "sample" : "0")}, element{(lane == 0 ? "" : $" + {lane}")})"))];
        VectorAccess.Store(code, s[0], k.Lanes, k.Aligned, [new Term("sample", k.Batched ? k.Strides[0] : 0), new Term("lane", k.Lanes)], lane => values[lane]);
    }

    /// <summary>An item has an element of the result.</summary>
    public static void Write(CodeWriter code, GpuKernel.Transposed k, GpuSignature s)
    {
        Item(code, Int((long)k.Rows * k.Columns));
        code.Line($"a.transposed[item] = a.{s[0]}[{Sum(Times(Remainder("item", k.Rows), k.Columns), Quotient("item", k.Rows))}];");
    }

    public static void Write(CodeWriter code, GpuKernel.Copy k, GpuSignature s)
    {
        int lanes = Tiling.Lanes(k.Length);
        Item(code, Extent(k).Replace("f.Batch", "a.batch"));
        Place(code, (long)k.Outer * k.Length, k.Batched, lanes, true);
        string Start(int argument, int row) => Sum(
            k.Batched ? Times("sample", k.Strides[argument]) : "0",
            k.Outer == 1 ? "element" : row == k.Length ? "element" : $"element / {Int(k.Length)} * {Int(row)} + element % {Int(k.Length)}");
        Elements(code, "x", View(s[1], Start(1, k.FromRow), lanes), lanes);
        code.Line($"ArrayView<float> y = {View(s[0], Start(0, k.ToRow), lanes)};");
        for (int lane = 0; lane < lanes; lane++) code.Line($"y[{lane}] = x{lane};");
    }

    public static void Write(CodeWriter code, GpuKernel.Zero k, GpuSignature s)
    {
        int lanes = Tiling.Lanes(k.Elements);
        Item(code, Extent(k).Replace("f.Batch", "a.batch"));
        Place(code, k.Elements, k.Batched, lanes, true);
        code.Line($"ArrayView<float> y = {View(s[0], Sum(k.Batched ? Times("sample", k.Strides[0]) : "0", "element"), lanes)};");
        for (int lane = 0; lane < lanes; lane++) code.Line($"y[{lane}] = 0f;");
    }

    private static string Samples(bool batched, long items) => batched ? Times("f.Batch", items) : Int(items);

    /// <summary>One number for all lanes.</summary>
    private static Func<int, string> Single(CodeWriter code, string name, string view, Term[] terms)
    {
        Func<int, string> element = VectorAccess.Load(code, name, view, 1, false, terms);
        return _ => element(0);
    }

    /// <summary>The sample, the lanes within it and, where it is asked for, the first element.</summary>
    private static void Place(CodeWriter code, long elements, bool batched, int lanes, bool element)
    {
        if (batched) code.Line($"int sample = {Quotient("item", elements / lanes)};");
        code.Line($"int lane = {(batched ? Remainder("item", elements / lanes) : "item")};");
        if (element) code.Line($"int element = {Times("lane", lanes)};");
    }
}
