using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>
/// Writes softmax, its gradient and its losses: an item has a row of classes or, where there are many, a group has.
/// The maximum is subtracted before the exponentials.
/// </summary>
internal static class SoftmaxEmitter
{
    /// <summary>Items, or groups, of a launch.</summary>
    public static string Extent(GpuKernel.Softmax k) => Times("f.Batch", k.Rows);

    public static void Write(CodeWriter code, GpuKernel.Softmax k, GpuSignature s)
    {
        InverseBatch(code, k.Scale);
        if (k.Parts > 1)
        {
            code.Line($"ArrayView<float> sums = SharedMemory.Allocate<float>({Int(k.Parts)});");
            code.Line("int row = Grid.IdxX;");
        }
        else
        {
            Item(code, Times("a.batch", k.Rows));
            code.Line("int row = item;");
        }

        int logits = k.Kind == SoftmaxKind.CrossEntropyWithGradient ? 2 : 1;
        code.Line($"ArrayView<float> x = {View(s[logits], Row("row", k.Rows, k.Classes, k.Strides[logits]), k.Classes)};");
        if (k.Kind == SoftmaxKind.Backward) Backward(code, k, s);
        else Exponentials(code, k, s, logits);
    }

    private static void Backward(CodeWriter code, GpuKernel.Softmax k, GpuSignature s)
    {
        code.Line($"ArrayView<float> dy = {View(s[2], Row("row", k.Rows, k.Classes, k.Strides[2]), k.Classes)};");
        code.Line($"ArrayView<float> dx = {View(s[0], Row("row", k.Rows, k.Classes, k.Strides[0]), k.Classes)};");
        Over(code, k, "dot", "0f", "dot += x[c] * dy[c];", "dot += sums[part];");
        Each(code, k, "dx[c] = x[c] * (dy[c] - dot);");
    }

    private static void Exponentials(CodeWriter code, GpuKernel.Softmax k, GpuSignature s, int logits)
    {
        Over(code, k, "max", "float.NegativeInfinity", "max = GpuMath.Max(max, x[c]);", "max = GpuMath.Max(max, sums[part]);");
        Over(code, k, "total", "0f", "total += GpuMath.Exp(x[c] - max);", "total += sums[part];");
        string Place(int argument) => Row("row", k.Rows, 1, k.Strides[argument]);
        bool smooth = k.Rule.Smoothing > 0, weighted = LabelEmitter.HasWeight(k.Rule);
        string target = smooth
            ? $"(c == label ? {CSharp.Float(1 - k.Rule.Smoothing + (k.Rule.Smoothing / k.Classes))} : {CSharp.Float(k.Rule.Smoothing / k.Classes)})"
            : "(c == label ? 1f : 0f)";
        string Gradient(string scale) => $"(GpuMath.Exp(x[c] - max) * inverse - {target}) * {(weighted ? $"({scale} * weight)" : scale)}";
        string LossText = smooth
            ? $"GpuMath.Log(total) - {CSharp.Float(1 - k.Rule.Smoothing)} * (x[label] - max) - {CSharp.Float(k.Rule.Smoothing / k.Classes)} * shifted"
            : "GpuMath.Log(total) - (x[label] - max)";
        if (weighted) LossText = $"weight * ({LossText})";
        bool loss = k.Kind is SoftmaxKind.CrossEntropy or SoftmaxKind.CrossEntropyWithGradient;
        if (smooth && loss) Over(code, k, "shifted", "0f", "shifted += x[c] - max;", "shifted += sums[part];");
        switch (k.Kind)
        {
            case SoftmaxKind.Forward:
                code.Line("float inverse = 1f / total;");
                code.Line($"ArrayView<float> y = {View(s[0], Row("row", k.Rows, k.Classes, k.Strides[0]), k.Classes)};");
                Each(code, k, "y[c] = GpuMath.Exp(x[c] - max) * inverse;");
                break;
            case SoftmaxKind.CrossEntropy:
                LabelEmitter.Read(code, k.Rule, $"a.{s[2]}[{Place(2)}]");
                First(code, k, $"a.{s[0]}[{Place(0)}] = {LossText};");
                break;
            case SoftmaxKind.CrossEntropyGradient:
                LabelEmitter.Read(code, k.Rule, $"a.{s[2]}[{Place(2)}]");
                code.Line($"float scale = a.{s[3]}[{Place(3)}];");
                code.Line("float inverse = 1f / total;");
                code.Line($"ArrayView<float> dx = {View(s[0], Row("row", k.Rows, k.Classes, k.Strides[0]), k.Classes)};");
                Each(code, k, $"dx[c] = {Gradient("scale")};");
                break;
            default:
                LabelEmitter.Read(code, k.Rule, $"a.{s[logits + 1]}[{Place(logits + 1)}]");
                code.Line($"float scale = {GpuExpression.Print(k.Scale!, _ => "0f")};");
                code.Line("float inverse = 1f / total;");
                code.Line($"ArrayView<float> dx = {View(s[1], Row("row", k.Rows, k.Classes, k.Strides[1]), k.Classes)};");
                // The loss reads the logit that the gradient may overwrite.
                First(code, k, $"a.{s[0]}[{Place(0)}] = {LossText};");
                if (k.Parts > 1) code.Line("Group.Barrier();");
                Each(code, k, $"dx[c] = {Gradient("scale")};");
                break;
        }
    }

    /// <summary>A result over all classes that every item of the row knows afterwards.</summary>
    private static void Over(CodeWriter code, GpuKernel.Softmax k, string name, string start, string step, string combine)
    {
        if (k.Parts == 1)
        {
            code.Line($"float {name} = {start};");
            code.Line($"for (int c = 0; c < {Int(k.Classes)}; c++) {step}");
            return;
        }

        using (code.Open($"for (int part = Group.IdxX; part < {Int(k.Parts)}; part += Group.DimX)"))
        {
            code.Line($"float {name}Part = {start};");
            code.Line($"for (int c = part; c < {Int(k.Classes)}; c += {Int(k.Parts)}) {step.Replace(name + " ", name + "Part ").Replace($"({name},", $"({name}Part,")}");
            code.Line($"sums[part] = {name}Part;");
        }

        code.Line("Group.Barrier();");
        code.Line($"float {name} = {start};");
        code.Line($"for (int part = 0; part < {Int(k.Parts)}; part++) {combine}");
        code.Line("Group.Barrier();");
    }

    private static void Each(CodeWriter code, GpuKernel.Softmax k, string step) => code.Line(k.Parts == 1
        ? $"for (int c = 0; c < {Int(k.Classes)}; c++) {step}"
        : $"for (int c = Group.IdxX; c < {Int(k.Classes)}; c += Group.DimX) {step}");

    private static void First(CodeWriter code, GpuKernel.Softmax k, string step) => code.Line(k.Parts == 1 ? step : $"if (Group.IdxX == 0) {step}");
}
