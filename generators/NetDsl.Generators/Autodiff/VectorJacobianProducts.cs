using NetDsl.Generators.IR;

namespace NetDsl.Generators.Autodiff;

/// <summary>
/// The table of gradients: for each op, the gradient by each operand as ops that have rows themselves wherever possible.
/// Gradients by operands without batch axis (weights) come before those by batched ones, so that a layer's input need not
/// outlive the gradient that replaces it.
/// </summary>
internal static class VectorJacobianProducts
{
    /// <summary>Adds the contributions of <paramref name="node"/> to the gradients of its operands.</summary>
    /// <param name="node">A forward node.</param>
    /// <param name="dy">The gradient by its first result.</param>
    /// <param name="gradients">Where contributions go.</param>
    public static void Apply(Node node, Value dy, GradientMap gradients)
    {
        IReadOnlyList<Value> x = node.Inputs;
        switch (node.Op)
        {
            case Op.Map map:
                Map(node, map, dy, gradients);
                break;
            case Op.Reduce reduce:
                Reduce(node, reduce, dy, gradients);
                break;

            // y = a b: db = a^T dy summed over all rows, da = dy b^T.
            case Op.MatMul { TransposeA: false, TransposeB: false }:
                ByOperand(node, 1, gradients, () => new Op.MatMul(true, false), x[0], dy);
                ByOperand(node, 0, gradients, () => new Op.MatMul(false, true), dy, x[1]);
                break;

            // y = a b^T: db = dy^T a summed over all rows, da = dy b.
            case Op.MatMul { TransposeA: false, TransposeB: true }:
                ByOperand(node, 1, gradients, () => new Op.MatMul(true, false), dy, x[0]);
                ByOperand(node, 0, gradients, () => new Op.MatMul(false, false), dy, x[1]);
                break;

            // y = a^T b summed over all rows: da = b dy^T, db = a dy.
            case Op.MatMul { TransposeA: true }:
                ByOperand(node, 0, gradients, () => new Op.MatMul(false, true), x[1], dy);
                ByOperand(node, 1, gradients, () => new Op.MatMul(false, false), x[0], dy);
                break;

            // A convolution and its two gradients are each linear in both operands: the three share their rows.
            case Op.Conv2D conv:
                ByOperand(node, 1, gradients, () => new Op.Conv2DFilterGradient(conv.Window), x[0], dy);
                ByOperand(node, 0, gradients, () => new Op.Conv2DInputGradient(conv.Window, x[0].Type.Shape), dy, x[1]);
                break;
            case Op.DepthwiseConv2D conv:
                ByOperand(node, 1, gradients, () => new Op.DepthwiseConv2DFilterGradient(conv.Window), x[0], dy);
                ByOperand(node, 0, gradients, () => new Op.DepthwiseConv2DInputGradient(conv.Window, x[0].Type.Shape), dy, x[1]);
                break;
            case Op.Conv2DInputGradient conv:
                ByOperand(node, 1, gradients, () => new Op.Conv2DFilterGradient(conv.Window), dy, x[0]);
                ByOperand(node, 0, gradients, () => new Op.Conv2D(conv.Window), dy, x[1]);
                break;
            case Op.Conv2DFilterGradient conv:
                ByOperand(node, 0, gradients, () => new Op.Conv2DInputGradient(conv.Window, x[0].Type.Shape), x[1], dy);
                ByOperand(node, 1, gradients, () => new Op.Conv2D(conv.Window), x[0], dy);
                break;
            case Op.MaxPool2D pool:
                ByOperand(node, 0, gradients, () => new Op.MaxPool2DGradient(pool.Window), x[0], dy);
                break;
            case Op.AveragePool2D pool:
                ByOperand(node, 0, gradients, () => new Op.AveragePool2DGradient(pool.Window, x[0].Type.Shape), dy);
                break;
            case Op.AveragePool2DGradient pool:
                ByOperand(node, 0, gradients, () => new Op.AveragePool2D(pool.Window), dy);
                break;
            case Op.Softmax:
                ByOperand(node, 0, gradients, () => new Op.SoftmaxGradient(), node.Output, dy);
                break;
            case Op.SoftmaxCrossEntropy loss:
                ByOperand(node, 0, gradients, () => new Op.SoftmaxCrossEntropyGradient(loss.Rule), x[0], x[1], dy);
                break;
            case Op.Reshape:
                ByOperand(node, 0, gradients, () => new Op.Reshape(x[0].Type.Shape), dy);
                break;
            case Op.Attention attention:
                IReadOnlyList<Value> parts = gradients.Builder.AddAll(
                    [.. x.Take(3).Select(operand => $"d({operand.Label})")],
                    new Op.AttentionGradient(attention.Heads, attention.KeyHeads, attention.Scale, attention.Causal, attention.Masked),
                    [.. x.Take(3), .. node.Outputs, dy, .. x.Skip(3)]);
                for (int i = 0; i < parts.Count; i++)
                {
                    if (gradients.Wants(x[i])) gradients.Add(x[i], parts[i]);
                }

                break;
            case Op.Recurrence recurrence:
                Recurrence(node, recurrence, dy, gradients);
                break;
            case Op.Transpose transpose:
                int[] inverse = [.. Enumerable.Range(0, transpose.Permutation.Length).OrderBy(axis => transpose.Permutation[axis])];
                ByOperand(node, 0, gradients, () => new Op.Transpose(new(inverse)), dy);
                break;
            case Op.Gather:
                ByOperand(node, 0, gradients, () => new Op.GatherGradient(x[0].Type.Shape[0]), x[1], dy);
                break;

            // Linear in dy: its gradient is the row again.
            case Op.GatherGradient:
                ByOperand(node, 1, gradients, () => new Op.Gather(), dy, x[0]);
                break;
            case Op.Concat concat:
                Concat(node, concat.Axis, dy, gradients);
                break;
            case Op.Slice slice:
                int behind = x[0].Type.Shape[slice.Axis] - slice.Start - slice.Length;
                ByOperand(node, 0, gradients, () => new Op.Pad(slice.Axis, slice.Start, behind), dy);
                break;
            case Op.Pad pad:
                ByOperand(node, 0, gradients, () => new Op.Slice(pad.Axis, pad.Before, x[0].Type.Shape[pad.Axis]), dy);
                break;
            default:
                throw new IRException($"{node.Op.Name}: no row in the table of gradients.");
        }
    }

    /// <summary>The sums' gradients come from the steps in reverse; those of u and b are sums over all steps at once.</summary>
    private static void Recurrence(Node node, Op.Recurrence op, Value dy, GradientMap gradients)
    {
        GraphBuilder builder = gradients.Builder;
        string label = $"d({node.Inputs[0].Label})";
        IReadOnlyList<Value> sums = builder.AddAll(
            op.Cell == Cell.GRU ? [label, $"{label}_recurrent"] : [label],
            new Op.RecurrenceGradient(op.Cell, op.Units, op.Reverse, op.Masked),
            [node.Inputs[1], .. node.Outputs, dy, .. op.Masked ? node.Inputs.Skip(node.Inputs.Count - 1) : []]);
        Value recurrent = sums[sums.Count - 1];
        int steps = node.Output.Type.Shape[0];
        if (steps > 1 && gradients.Wants(node.Inputs[1]))
        {
            // The state before each step: that after its neighbour, and zero at the start.
            Value states = builder.Add("states", new Op.Slice(0, op.Reverse ? 1 : 0, steps - 1), node.Output);
            Value previous = builder.Add("previous", new Op.Pad(0, op.Reverse ? 0 : 1, op.Reverse ? 1 : 0), states);
            ByOperand(node, 1, gradients, () => new Op.MatMul(true, false), previous, recurrent);
        }

        if (op.Cell == Cell.GRU && gradients.Wants(node.Inputs[2])) gradients.Add(node.Inputs[2], builder.Sum($"d({node.Inputs[2].Label})", recurrent, [0], overBatch: true));
        if (gradients.Wants(node.Inputs[0])) gradients.Add(node.Inputs[0], sums[0]);
    }

    private static void ByOperand(Node node, int operand, GradientMap gradients, Func<Op> op, params Value[] operands)
    {
        Value x = node.Inputs[operand];
        if (gradients.Wants(x)) gradients.Add(x, gradients.Builder.Add($"d({x.Label})", op(), operands));
    }

    /// <summary>Each operand gets its own part of dy.</summary>
    private static void Concat(Node node, int axis, Value dy, GradientMap gradients)
    {
        int start = 0;
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            int from = start, length = node.Inputs[i].Type.Shape[axis];
            ByOperand(node, i, gradients, () => new Op.Slice(axis, from, length), dy);
            start += length;
        }
    }

    /// <summary>dx_i = dy * d expression / d x_i, summed over the axes along which x_i was broadcast.</summary>
    private static void Map(Node node, Op.Map map, Value dy, GradientMap gradients)
    {
        foreach (int i in FixedFirst(node.Inputs))
        {
            if (!gradients.Wants(node.Inputs[i])) continue;
            ScalarExpression derivative = ScalarDerivative.Of(map.Expression, i, result: node.Inputs.Count);
            Contribute(node.Inputs[i], derivative, [.. node.Inputs, node.Output], dy, map.Type, gradients);
        }
    }

    /// <summary>A sum sends dy to each of its terms; a maximum shares it among the terms that attain it.</summary>
    private static void Reduce(Node node, Op.Reduce reduce, Value dy, GradientMap gradients)
    {
        GraphBuilder builder = gradients.Builder;
        Value spread = Unsqueeze(builder, reduce, dy);
        Value[] operands = [.. node.Inputs];
        ScalarExpression share = 1;
        if (reduce.Kind == Reduction.Max)
        {
            Value y = Unsqueeze(builder, reduce, node.Output);
            ScalarExpression attains = new ScalarExpression.SelectGreater(ScalarExpression.Of(operands.Length), reduce.Prologue, 0, 1);
            Value ties = builder.Add("ties", reduce with { Kind = Reduction.Sum, KeepAxes = true, Prologue = attains }, [.. operands, y]);
            share = attains / ScalarExpression.Of(operands.Length + 1);
            operands = [.. operands, y, ties];
        }

        foreach (int i in FixedFirst(node.Inputs))
        {
            if (!gradients.Wants(node.Inputs[i])) continue;
            ScalarExpression derivative = Simplifier.Simplify(share * ScalarDerivative.Of(reduce.Prologue, i));
            Contribute(node.Inputs[i], derivative, operands, spread, reduce.Type, gradients);
        }
    }

    /// <summary>The result of a reduction with its reduced axes back, of extent 1.</summary>
    private static Value Unsqueeze(GraphBuilder builder, Op.Reduce reduce, Value value)
    {
        if (reduce.KeepAxes || reduce.Axes.Length == 0) return value;
        int[] shape = [.. reduce.Type.Shape.Select((extent, axis) => reduce.Axes.Contains(axis) ? 1 : extent)];
        return builder.Reshape(value.Label + "_axes", value, shape);
    }

    /// <summary>Adds dy * derivative, summed to the shape of <paramref name="x"/>.</summary>
    /// <param name="x">Whose gradient it is.</param>
    /// <param name="derivative">Over <paramref name="operands"/>.</param>
    /// <param name="operands">What the derivative may read.</param>
    /// <param name="dy">The gradient of the result; broadcasts to <paramref name="full"/>.</param>
    /// <param name="full">The type of the elementwise work.</param>
    /// <param name="gradients">Where it goes.</param>
    private static void Contribute(Value x, ScalarExpression derivative, IReadOnlyList<Value> operands, Value dy, TensorType full, GradientMap gradients)
    {
        if (derivative is ScalarExpression.Constant { Value: 0 }) return;
        GraphBuilder builder = gradients.Builder;
        string label = $"d({x.Label})";

        // Only the operands that the derivative reads, dy first.
        var used = Enumerable.Range(0, operands.Count).Where(i => ScalarExpressions.Reads(derivative, i)).ToList();
        ScalarExpression product = Simplifier.Simplify(
            ScalarExpression.Of(0) * ScalarExpressions.Substitute(derivative, i => ScalarExpression.Of(used.IndexOf(i) + 1)));
        Value[] terms = [dy, .. used.Select(i => operands[i])];

        if (x.Type.Equals(full))
        {
            bool unchanged = product.Equals(ScalarExpression.Of(0)) && dy.Type.Equals(full);
            gradients.Add(x, unchanged ? dy : builder.Add(label, new Op.Map(product, full), terms));
            return;
        }

        int lead = full.Rank - x.Type.Rank;
        int[] axes = [.. Enumerable.Range(0, full.Rank).Where(axis => axis < lead || (x.Type.Shape[axis - lead] == 1 && full.Shape[axis] != 1))];
        Value sum = builder.Add(label, new Op.Reduce(Reduction.Sum, new(axes), full.Batched && !x.Type.Batched, KeepAxes: lead == 0, product, full), terms);
        if (!sum.Type.Equals(x.Type)) sum = builder.Reshape(label, sum, [.. x.Type.Shape]);
        gradients.Add(x, sum);
    }

    private static IEnumerable<int> FixedFirst(IReadOnlyList<Value> operands) =>
        Enumerable.Range(0, operands.Count).OrderBy(i => operands[i].Type.Batched);
}
