using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes elementwise kernels, copies and zeros: an item has a few neighbouring elements.</summary>
internal static class ElementwiseEmitter
{
    public static string Extent(GpuKernel.Elementwise k) => Samples(k.Batched, (long)k.Outer * k.Inner / k.Lanes);

    public static string Extent(GpuKernel.Copy k) => Samples(k.Batched, (long)k.Outer * k.Length / Tiling.Lanes(k.Length));

    public static string Extent(GpuKernel.Zero k) => Samples(k.Batched, k.Elements / Tiling.Lanes(k.Elements));

    public static void Write(CodeWriter code, GpuKernel.Elementwise k, GpuSignature s)
    {
        InverseBatch(code, k.Expression);
        Item(code, Extent(k).Replace("f.Batch", "a.batch"));
        Place(code, (long)k.Outer * k.Inner, k.Batched, k.Lanes);
        if (k.Outer > 1) code.Line($"int o = element / {Int(k.Inner)};");
        if (k.Outer > 1) code.Line($"int i = element % {Int(k.Inner)};");
        string inner = k.Outer > 1 ? "i" : "element";
        string[] names = [.. s.Arguments.Skip(1).Select((_, n) => $"v{Int(n)}_")];
        for (int n = 0; n < k.Operands.Length; n++)
        {
            var access = k.Operands[n];
            string start = Sum(access.Batched ? Times("sample", k.Strides[n + 1]) : "0", Digits(access, "o", k.Outer), access.InnerStride == 1 ? inner : "0");
            Elements(code, names[n], View(s[n + 1], start, access.InnerStride == 1 ? k.Lanes : 1), access.InnerStride == 1 ? k.Lanes : 1);
        }

        string[] values = [.. Enumerable.Range(0, k.Lanes).Select(lane => GpuExpression.Print(
            k.Expression,
            n => names[n] + (k.Operands[n].InnerStride == 1 ? Int(lane) : "0"),
            stream => $"GpuMath.Uniform(a.random, 0x{stream:x8}u, {(k.Batched ? "sample" : "0")}, element{(lane == 0 ? "" : $" + {lane}")})"))];
        code.Line($"ArrayView<float> y = {View(s[0], Sum(k.Batched ? Times("sample", k.Strides[0]) : "0", "element"), k.Lanes)};");
        for (int lane = 0; lane < k.Lanes; lane++) code.Line($"y[{lane}] = {values[lane]};");
    }

    public static void Write(CodeWriter code, GpuKernel.Copy k, GpuSignature s)
    {
        int lanes = Tiling.Lanes(k.Length);
        Item(code, Extent(k).Replace("f.Batch", "a.batch"));
        Place(code, (long)k.Outer * k.Length, k.Batched, lanes);
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
        Place(code, k.Elements, k.Batched, lanes);
        code.Line($"ArrayView<float> y = {View(s[0], Sum(k.Batched ? Times("sample", k.Strides[0]) : "0", "element"), lanes)};");
        for (int lane = 0; lane < lanes; lane++) code.Line($"y[{lane}] = 0f;");
    }

    private static string Samples(bool batched, long items) => batched ? Times("f.Batch", items) : Int(items);

    /// <summary>The sample and the first element within it.</summary>
    private static void Place(CodeWriter code, long elements, bool batched, int lanes)
    {
        if (batched) code.Line($"int sample = {Quotient("item", elements / lanes)};");
        code.Line($"int element = {(batched ? Times(Remainder("item", elements / lanes), lanes) : Times("item", lanes))};");
    }
}
