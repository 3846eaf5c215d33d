using System.Globalization;
using System.Text;

namespace NetDsl.Generators.IR;

/// <summary>
/// Prints graphs for people: one line per node,
/// <c>%dx: F32[B,26,26,32] = Conv2DInputGradient(%dy, %w) {3x3} // Conv2D1 backward</c>.
/// </summary>
internal static class GraphPrinter
{
    public static string Print(Graph graph)
    {
        var text = new StringBuilder();
        text.Append("graph ").Append(graph.Name).Append('\n');
        for (int i = 0; i < graph.Parameters.Count; i++)
        {
            ParameterInfo p = graph.Parameters[i];
            text.Append("  parameter ").Append(Number(i)).Append(' ').Append(p.Path).Append(": ").Append(p.Type).Append(' ')
                .Append(p.Role == ParameterRole.Trainable ? p.Initializer : p.Role + " " + p.Initializer).Append('\n');
        }

        foreach (Node node in graph.Nodes) text.Append("  ").Append(Print(node)).Append('\n');
        foreach (NamedValue output in graph.Outputs) text.Append("  output ").Append(output.Name).Append(" = %").Append(output.Value.Label).Append('\n');
        foreach (LossValue loss in graph.Losses)
        {
            text.Append("  loss ").Append(loss.Name).Append(" = ").Append(loss.Weight.ToString("R", CultureInfo.InvariantCulture))
                .Append(" * mean(%").Append(loss.PerSample.Label).Append(")\n");
        }

        foreach (ParameterValue gradient in graph.Gradients) text.Append("  gradient ").Append(graph.Parameters[gradient.Parameter].Path).Append(" = %").Append(gradient.Value.Label).Append('\n');
        foreach (ParameterValue state in graph.StateUpdates) text.Append("  state ").Append(graph.Parameters[state.Parameter].Path).Append(" = %").Append(state.Value.Label).Append('\n');
        foreach (NamedValue gradient in graph.InputGradients) text.Append("  gradient of input ").Append(gradient.Name).Append(" = %").Append(gradient.Value.Label).Append('\n');
        return text.ToString();
    }

    public static string Print(Node node)
    {
        string outputs = string.Join(", ", node.Outputs.Select(o => $"%{o.Label}: {o.Type}"));
        string operands = string.Join(", ", node.Inputs.Take(node.OperandCount).Select(Reference));
        string line = $"{outputs} = {node.Op.Name}({operands})";
        string attributes = Attributes(node.Op, index => Operand(node.Inputs, index));
        if (attributes.Length > 0) line += " {" + attributes + "}";
        if (node.Epilogue is { } epilogue)
            line += $" then {ExpressionPrinter.Print(epilogue, index => index == 0 ? "$" : Operand(node.Inputs, node.OperandCount + index - 1))}";
        string phase = node.Origin.Phase switch { Phase.Loss => " loss", Phase.Backward => " backward", _ => "" };
        string origin = (node.Origin.Layer + phase).Trim();
        return origin.Length == 0 ? line : $"{line} // {origin}";
    }

    /// <summary>The geometry, without what is left at its default: <c>3x3 stride 2 pad 1,1,1,1</c> (top, bottom, left, right).</summary>
    public static string Print(Window window)
    {
        string text = $"{Number(window.KernelHeight)}x{Number(window.KernelWidth)}";
        if (window.StrideHeight != 1 || window.StrideWidth != 1) text += " stride " + Pair(window.StrideHeight, window.StrideWidth);
        if (window.DilationHeight != 1 || window.DilationWidth != 1) text += " dilation " + Pair(window.DilationHeight, window.DilationWidth);
        if (window.PadTop != 0 || window.PadBottom != 0 || window.PadLeft != 0 || window.PadRight != 0)
            text += $" pad {Number(window.PadTop)},{Number(window.PadBottom)},{Number(window.PadLeft)},{Number(window.PadRight)}";
        return text;
    }

    private static string Print(LabelRule rule) => string.Join(" ", new[]
    {
        rule.Smoothing == 0 ? "" : "smoothing " + Constant(rule.Smoothing),
        rule.Ignored is { } ignored ? "ignored " + Number(ignored) : "",
        rule.Weights.Length == 0 ? "" : "weights " + string.Join(",", rule.Weights.Select(Constant)),
    }.Where(part => part.Length > 0));

    private static string Attributes(Op op, Func<int, string> operand) => op switch
    {
        Op.Input input => $"{input.Role} \"{input.Column}\"",
        Op.Parameter parameter => Number(parameter.Index),
        Op.Map map => ExpressionPrinter.Print(map.Expression, operand),
        Op.Reduce reduce => Reduce(reduce, operand),
        Op.MatMul matMul => string.Join(" ", new[] { matMul.TransposeA ? "transposeA" : "", matMul.TransposeB ? "transposeB" : "" }.Where(s => s.Length > 0)),
        Op.MatMulWithSlope matMul => $"{(matMul.TransposeB ? "transposeB " : "")}slope {ExpressionPrinter.Print(matMul.Slope, i => i == 0 ? "$" : operand(i + 1))}",
        Op.Conv2D conv => Print(conv.Window),
        Op.Conv2DInputGradient conv => Print(conv.Window),
        Op.Conv2DFilterGradient conv => Print(conv.Window),
        Op.DepthwiseConv2D conv => Print(conv.Window),
        Op.DepthwiseConv2DInputGradient conv => Print(conv.Window),
        Op.DepthwiseConv2DFilterGradient conv => Print(conv.Window),
        Op.MaxPool2D pool => Print(pool.Window),
        Op.MaxPool2DGradient pool => Print(pool.Window),
        Op.AveragePool2D pool => Print(pool.Window),
        Op.AveragePool2DGradient pool => Print(pool.Window),
        Op.SoftmaxCrossEntropy loss => Print(loss.Rule),
        Op.SoftmaxCrossEntropyGradient loss => Print(loss.Rule),
        Op.SoftmaxCrossEntropyWithGradient loss => loss.Rule.IsPlain ? ExpressionPrinter.Print(loss.Scale) : $"{ExpressionPrinter.Print(loss.Scale)}, {Print(loss.Rule)}",
        Op.LabelDiffers differs => $"label {Number(differs.Label)}",
        Op.Concat concat => $"axis {Number(concat.Axis)}",
        Op.Slice slice => $"axis {Number(slice.Axis)} from {Number(slice.Start)} length {Number(slice.Length)}",
        Op.Pad pad => $"axis {Number(pad.Axis)} before {Number(pad.Before)} after {Number(pad.After)}",
        _ => "",
    };

    private static string Constant(double value) => ExpressionPrinter.Print(new ScalarExpression.Constant(value));

    private static string Reduce(Op.Reduce reduce, Func<int, string> operand)
    {
        string axes = string.Join(",", (reduce.OverBatch ? new[] { "B" } : []).Concat(reduce.Axes.Select(Number)));
        string text = $"{(reduce.Kind == Reduction.Sum ? "sum" : "max")} over {(axes.Length == 0 ? "nothing" : axes)}";
        if (reduce.KeepAxes) text += " kept";
        if (reduce.Prologue is not ScalarExpression.Operand { Index: 0 }) text += " of " + ExpressionPrinter.Print(reduce.Prologue, operand);
        return text;
    }

    private static string Operand(IReadOnlyList<Value> inputs, int index) => index >= 0 && index < inputs.Count ? Reference(inputs[index]) : $"${Number(index)}";

    private static string Reference(Value value) => "%" + value.Label;

    private static string Pair(int height, int width) => height == width ? Number(height) : $"{Number(height)}x{Number(width)}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
