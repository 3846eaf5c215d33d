using NetDsl.Generators.IR;

namespace NetDsl.Generators.Emit;

/// <summary>What a kernel computes, in a line of mathematics: the comment above its code.</summary>
internal static class Formulas
{
    /// <summary>The formula of an op and its epilogue.</summary>
    /// <param name="node">The op.</param>
    /// <param name="names">Names of its results, then of its operands.</param>
    public static string Of(Node node, IReadOnlyList<string> names)
    {
        int results = node.Outputs.Count;
        string y = names[0];
        string Operand(int i) => names[results + i];
        string Over(ScalarExpression expression) => ExpressionPrinter.Print(expression, Operand);
        string Through(string name, string result, ScalarExpression? epilogue) => Result(name, result, epilogue, i => Operand(node.OperandCount + i - 1));
        string Stored(string result) => Through(y, result, node.Epilogue);

        return node.Op switch
        {
            Op.MatMul { TransposeA: true } => $"{y} = {Operand(0)}ᵀ {Operand(1)}, summed over all rows",
            Op.MatMul matMul => Stored(Product(Operand, matMul.TransposeB)),
            Op.MatMulWithSlope matMul => $"{Stored(Product(Operand, matMul.TransposeB))}; {Through(names[1], Product(Operand, matMul.TransposeB), matMul.Slope)}",
            Op.MatMulSum => Stored(string.Join(" + ", Enumerable.Range(0, node.OperandCount / 2).Select(i => Product(j => Operand((2 * i) + j), true)))),
            Op.Conv2D => Stored($"conv({Operand(0)}, {Operand(1)})"),
            Op.PooledConv2D pooled => $"{y} = {(pooled.Maximum ? "max" : "mean")} over windows of {Through("", $"conv({Operand(0)}, {Operand(1)})", node.Epilogue).Substring(3)}",
            Op.Conv2DInputGradient => Stored($"convᵀ({Operand(0)}, {Operand(1)})"),
            Op.Conv2DFilterGradient => $"{y} = sum over samples and places of the window of {Operand(0)} times {Operand(1)}",
            Op.PooledConv2DFilterGradient => $"{y} = sum over samples and places of the window of {Operand(0)} times [{Operand(1)} is its window's maximum] {Operand(2)}",
            Op.DepthwiseConv2D => Stored($"conv({Operand(0)}, {Operand(1)}) channel by channel"),
            Op.DepthwiseConv2DInputGradient => Stored($"convᵀ({Operand(0)}, {Operand(1)}) channel by channel"),
            Op.DepthwiseConv2DFilterGradient => $"{y} = sum over samples and places of the window of {Operand(0)} times {Operand(1)}, channel by channel",
            Op.MaxPool2D => Stored($"max over windows of {Operand(0)}"),
            Op.AveragePool2D => Stored($"mean over windows of {Operand(0)}"),
            Op.MaxPool2DGradient => Stored($"[{Operand(0)} is its window's maximum] {Operand(1)}"),
            Op.AveragePool2DGradient => Stored($"{Operand(0)} spread over its window"),
            Op.Recurrence op => $"{y}[t] = {op.Cell}({Operand(0)}[t] + {y}[t {(op.Reverse ? "+" : "-")} 1] {Operand(1)}{(op.Cell == Cell.GRU ? $" + {Operand(2)}" : "")}){(op.Masked ? $" where {Operand(node.OperandCount - 1)} is not 0" : "")}",
            Op.RecurrenceGradient op => $"{y} = gradient of the {op.Cell} steps{(op.Reverse ? ", which went backward," : "")} by their sums{(op.Cell == Cell.GRU ? $"; {names[1]} = by the recurrent ones" : "")}{(op.Masked ? $", 0 where {Operand(node.OperandCount - 1)} is" : "")}",
            Op.Attention op => $"{y} = softmax({CSharp.Float(op.Scale)} {Operand(0)} {Operand(1)}ᵀ{(op.Causal ? ", causal" : "")}{(op.Masked ? $", where {Operand(3)} is not 0" : "")}) {Operand(2)} in {CSharp.Int(op.Heads)} heads; {names[1]} = log of each sum",
            Op.AttentionGradient op => $"{y}, {names[1]}, {names[2]} = gradients of the attention of {CSharp.Int(op.Heads)} heads{(op.Causal ? ", causal" : "")}{(op.Masked ? $", where {Operand(6)} is not 0" : "")}, by queries, keys and values",
            Op.Transpose transpose => $"{y} = {Operand(0)} with its axes in the order {string.Join(", ", transpose.Permutation.Select(axis => CSharp.Int(axis)))}",
            Op.Gather => $"{y} = {Operand(0)}[{Operand(1)}]",
            Op.SetRow => $"{Operand(0)}[{Operand(2)}] = {Operand(1)}",
            Op.GatherGradient => $"{y}[{Operand(0)}] += {Operand(1)}, over all samples",
            Op.Softmax => $"{y} = softmax({Operand(0)})",
            Op.SoftmaxGradient => $"{y} = {Operand(0)} ({Operand(1)} - sum({Operand(1)} {Operand(0)}))",
            Op.SoftmaxCrossEntropy loss => $"{y} = {CrossEntropy(loss.Rule, Operand(0), Operand(1))}",
            Op.SoftmaxCrossEntropyGradient loss => $"{y} = {CrossEntropyGradient(loss.Rule, Operand(0), Operand(1))} {Operand(2)}",
            Op.SoftmaxCrossEntropyWithGradient loss => $"{y} = {CrossEntropy(loss.Rule, Operand(0), Operand(1))}; {names[1]} = {CrossEntropyGradient(loss.Rule, Operand(0), Operand(1))} * {Over(loss.Scale)}",
            Op.LabelDiffers op => $"{y} = {Operand(0)} is {CSharp.Int(op.Label)} ? 0 : 1",
            Op.Map map => $"{y} = {Over(map.Expression)}",
            Op.RowSteps rows => $"{string.Join(", ", RowStepNames.Of(rows, names).Steps)}, one after the other for each row of {CSharp.Int(rows.Type.Shape[rows.Type.Rank - 1])}",
            Op.Reduce reduce => $"{y} = {Reduction(reduce)} of {Over(reduce.Prologue)}",
            _ => throw new IRException($"{node.Op.Name}: no row in the formulas."),
        };
    }

    /// <summary>The formula of one step over rows.</summary>
    /// <param name="step">The step.</param>
    /// <param name="name">What it gives.</param>
    /// <param name="names">Names by the index that its expression has.</param>
    public static string Of(RowStep step, string name, IReadOnlyList<string> names)
    {
        string kind = step.Reduction is { } reduction ? $"{(reduction == IR.Reduction.Sum ? "sum" : "max")} over the row of " : "";
        return $"{name} = {kind}{ExpressionPrinter.Print(step.Expression, operand => names[operand])}";
    }

    /// <summary>The loss of a row of logits.</summary>
    private static string CrossEntropy(LabelRule rule, string logits, string label)
    {
        string picked = $"{logits}[{label}]", s = CSharp.Double(rule.Smoothing);
        string loss = $"log(sum(exp({logits}))) - {(rule.Smoothing == 0 ? picked : $"{CSharp.Double(1 - rule.Smoothing)} {picked} - {s} mean({logits})")}";
        return Weighted(rule, loss, label);
    }

    /// <summary>Its gradient by the logits.</summary>
    private static string CrossEntropyGradient(LabelRule rule, string logits, string label)
    {
        string target = rule.Smoothing == 0 ? $"onehot({label})" : $"{CSharp.Double(1 - rule.Smoothing)} onehot({label}) - {CSharp.Double(rule.Smoothing)} / classes";
        return Weighted(rule, $"(softmax({logits}) - {target})", label);
    }

    private static string Weighted(LabelRule rule, string formula, string label)
    {
        if (rule.Weights.Length > 0) formula = $"weight[{label}] {(formula[0] == '(' ? formula : $"({formula})")}";
        return rule.Ignored is { } ignored ? $"{label} is {CSharp.Int(ignored)} ? 0 : {formula}" : formula;
    }

    /// <summary><c>sum over samples and rows</c>, <c>max over 7</c>.</summary>
    private static string Reduction(Op.Reduce reduce)
    {
        string kind = reduce.Kind == IR.Reduction.Sum ? "sum" : "max";
        int count = reduce.Axes.Length;
        int reduced = reduce.Axes.Aggregate(1, (product, axis) => product * reduce.Type.Shape[axis]);
        bool leading = reduce.Axes.SequenceEqual(Enumerable.Range(0, count));
        if (reduce.OverBatch && leading) return $"{kind} over {(reduced > 1 ? "samples and rows" : "samples")}";
        return $"{kind} over {CSharp.Int(reduced)}{(reduce.OverBatch ? " and the samples" : "")}";
    }

    private static string Product(Func<int, string> operand, bool transpose) => $"{operand(0)} {operand(1)}{(transpose ? "ᵀ" : "")}";

    /// <summary>The op's result after its epilogue.</summary>
    private static string Result(string y, string result, ScalarExpression? epilogue, Func<int, string> operand)
    {
        if (epilogue is null) return $"{y} = {result}";
        bool atom = epilogue is ScalarExpression.Operand;
        string whole = atom || result.EndsWith(")", StringComparison.Ordinal) && !result.Contains(' ') ? result : $"({result})";
        return $"{y} = {ExpressionPrinter.Print(epilogue, i => i == 0 ? whole : operand(i))}";
    }
}
