using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes what kernels do with labels by a <see cref="LabelRule"/>.</summary>
internal static class LabelEmitter
{
    public static string Extent(GpuKernel.LabelDiffers k) => Times("f.Batch", k.Count);

    /// <summary>An item has a label.</summary>
    public static void Write(CodeWriter code, GpuKernel.LabelDiffers k, GpuSignature s)
    {
        Item(code, Times("a.batch", k.Count));
        code.Line($"a.{s[0]}[{Row("item", k.Count, 1, k.Strides[0])}] = a.{s[1]}[{Row("item", k.Count, 1, k.Strides[1])}] == {Int(k.Label)} ? 0f : 1f;");
    }

    /// <summary>Reads a row's label and, where the rule has any, its weight: <c>label</c> is a class even where the row does not count, and <c>weight</c> is then 0.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="label">The label's place.</param>
    public static void Read(CodeWriter code, LabelRule rule, string label)
    {
        code.Line($"int label = {label};");
        if (!HasWeight(rule)) return;
        if (rule.Ignored is not { } ignored)
        {
            code.Line($"float weight = {Weight(rule, 0, rule.Weights.Length)};");
            return;
        }

        code.Line($"bool counts = label != {Int(ignored)};");
        code.Line("label = counts ? label : 0;");
        code.Line($"float weight = counts ? {Weight(rule, 0, rule.Weights.Length)} : 0f;");
    }

    public static bool HasWeight(LabelRule rule) => rule.Ignored is not null || rule.Weights.Length > 0;

    /// <summary>The weight of <c>label</c>, found by halves: constants need no memory.</summary>
    private static string Weight(LabelRule rule, int from, int to)
    {
        if (rule.Weights.Length == 0) return "1f";
        if (rule.Weights.Skip(from).Take(to - from).Distinct().Count() == 1) return CSharp.Float(rule.Weights[from]);
        int middle = (from + to) / 2;
        return $"(label < {Int(middle)} ? {Weight(rule, from, middle)} : {Weight(rule, middle, to)})";
    }
}
