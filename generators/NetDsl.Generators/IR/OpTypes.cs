using NetDsl.Generators.Model;

namespace NetDsl.Generators.IR;

/// <summary>
/// The result types of every op, and what its operands must be: the one place that knows. The builder infers with it,
/// the verifier checks with it.
/// </summary>
internal static class OpTypes
{
    /// <summary>Types of the results of <paramref name="op"/> on operands of the given types.</summary>
    /// <exception cref="IRException">The operands do not fit the op.</exception>
    public static TensorType[] Infer(Op op, IReadOnlyList<TensorType> operands) => op switch
    {
        Op.Input input => Nullary(op, operands, input.Type),
        Op.Parameter parameter => Nullary(op, operands, parameter.Type),
        Op.Map map => Map(map, operands),
        Op.Reduce reduce => Reduce(reduce, operands),
        Op.MatMul matMul => MatMul(matMul, operands),
        Op.MatMulWithSlope matMul => [.. Enumerable.Repeat(MatMul(new Op.MatMul(false, matMul.TransposeB), operands)[0], 2)],
        Op.MatMulSum => MatMulSum(op, operands),
        Op.Conv2D conv => Conv2D(conv, operands),
        Op.PooledConv2D conv => Pool(op, conv.Pool, Conv2D(new Op.Conv2D(conv.Window), operands), 1),
        Op.Conv2DInputGradient gradient => Conv2DInputGradient(gradient, operands),
        Op.Conv2DFilterGradient gradient => Conv2DFilterGradient(gradient, operands),
        Op.RowSteps rows => [.. rows.Steps.Where(step => step.IsResult).Select(step => step.IsWide ? rows.Type : rows.Type.WithLast(1))],
        Op.PooledConv2DFilterGradient gradient => Conv2DFilterGradient(
            new Op.Conv2DFilterGradient(gradient.Window), [operands[0], PoolGradient(op, gradient.Pool, operands[1].Shape, [operands[1], operands[2]], 1)[0]]),
        Op.DepthwiseConv2D conv => [Depthwise(op, conv.Window, operands)],
        Op.DepthwiseConv2DInputGradient gradient => DepthwiseInputGradient(gradient, operands),
        Op.DepthwiseConv2DFilterGradient gradient => DepthwiseFilterGradient(gradient, operands),
        Op.MaxPool2D pool => Pool(op, pool.Window, operands, 1),
        Op.AveragePool2D pool => Pool(op, pool.Window, operands, 1),
        Op.MaxPool2DGradient pool => PoolGradient(op, pool.Window, operands[0].Shape, operands, 1),
        Op.AveragePool2DGradient pool => PoolGradient(op, pool.Window, pool.InputShape, operands, 0),
        Op.Softmax => [Arity(op, operands, 1)[0]],
        Op.SoftmaxGradient => Same(op, operands, 2),
        Op.SoftmaxCrossEntropy => [CrossEntropy(op, operands, 2)],
        Op.SoftmaxCrossEntropyGradient => CrossEntropyGradient(op, operands),
        Op.SoftmaxCrossEntropyWithGradient => [CrossEntropy(op, operands, 2), operands[0]],
        Op.LabelDiffers => LabelDiffers(op, operands),
        Op.Attention attention => Attention(op, attention.Heads, attention.KeyHeads, attention.Causal, Unmasked(op, attention.Masked, 1, operands, 3)),
        Op.AttentionGradient attention => AttentionGradient(op, attention, Unmasked(op, attention.Masked, 1, operands, 6)),
        Op.Recurrence recurrence => Recurrence(recurrence, Unmasked(op, recurrence.Masked, 0, operands, recurrence.Cell == Cell.GRU ? 3 : 2)),
        Op.RecurrenceGradient recurrence => RecurrenceGradient(recurrence, Unmasked(op, recurrence.Masked, 1, operands, recurrence.Cell.Kept() == 0 ? 3 : 4)),
        Op.Reshape reshape => Reshape(reshape, operands),
        Op.Transpose transpose => Transpose(transpose, operands),
        Op.Gather => Gather(op, operands),
        Op.GatherGradient gradient => GatherGradient(gradient, operands),
        Op.SetRow => SetRow(op, operands),
        Op.Concat concat => Concat(concat, operands),
        Op.Slice slice => Slice(slice, operands),
        Op.Pad pad => Pad(pad, operands),
        _ => throw new IRException($"{op.Name}: no row in the table of types."),
    };

    /// <summary>The type that operands of these types broadcast to.</summary>
    /// <exception cref="IRException">Two extents differ and neither is 1.</exception>
    public static TensorType Broadcast(IEnumerable<TensorType> operands)
    {
        var types = operands.ToList();
        int rank = types.Count == 0 ? 0 : types.Max(t => t.Rank);
        int[] shape = new int[rank];
        for (int axis = 0; axis < rank; axis++) shape[axis] = 1;
        foreach (TensorType type in types)
        {
            for (int i = 0; i < type.Rank; i++)
            {
                int axis = rank - type.Rank + i;
                int extent = type.Shape[i];
                if (extent == 1 || extent == shape[axis]) continue;
                if (shape[axis] != 1) throw new IRException($"{type} does not broadcast with extent {shape[axis]} of axis {axis}.");
                shape[axis] = extent;
            }
        }

        return new TensorType(DType.F32, new(shape), types.Any(t => t.Batched));
    }

    /// <summary>Whether an operand of type <paramref name="operand"/> may stand where <paramref name="result"/> is computed.</summary>
    public static bool BroadcastsTo(TensorType operand, TensorType result)
    {
        if (operand.Batched && !result.Batched) return false;
        if (operand.Rank > result.Rank) return false;
        for (int i = 0; i < operand.Rank; i++)
        {
            int extent = operand.Shape[i];
            if (extent != 1 && extent != result.Shape[result.Rank - operand.Rank + i]) return false;
        }

        return true;
    }

    private static TensorType[] Nullary(Op op, IReadOnlyList<TensorType> operands, TensorType type)
    {
        Arity(op, operands, 0);
        return [type];
    }

    private static TensorType[] Map(Op.Map map, IReadOnlyList<TensorType> operands)
    {
        foreach (TensorType operand in operands) Require(BroadcastsTo(operand, map.Type), map, $"{operand} does not broadcast to {map.Type}");
        Require(ScalarExpressions.OperandCount(map.Expression) <= operands.Count, map, "the expression reads an operand that is not there");
        return [map.Type];
    }

    private static TensorType[] Reduce(Op.Reduce reduce, IReadOnlyList<TensorType> operands)
    {
        foreach (TensorType operand in operands) Require(BroadcastsTo(operand, reduce.Type), reduce, $"{operand} does not broadcast to {reduce.Type}");
        Require(!reduce.OverBatch || reduce.Type.Batched, reduce, "there is no batch axis to reduce");
        Require(reduce.Kind == Reduction.Sum || !reduce.OverBatch, reduce, "only sums run over the samples");
        var shape = new List<int>();
        for (int axis = 0; axis < reduce.Type.Rank; axis++)
        {
            if (!reduce.Axes.Contains(axis)) shape.Add(reduce.Type.Shape[axis]);
            else if (reduce.KeepAxes) shape.Add(1);
        }

        foreach (int axis in reduce.Axes) Require(axis >= 0 && axis < reduce.Type.Rank, reduce, $"axis {axis} is outside {reduce.Type}");
        return [new TensorType(DType.F32, shape.ToEquatableArray(), reduce.Type.Batched && !reduce.OverBatch)];
    }

    private static TensorType[] MatMul(Op.MatMul op, IReadOnlyList<TensorType> operands)
    {
        Arity(op, operands, 2);
        TensorType a = operands[0], b = operands[1];
        Require(a.Batched && a.Rank >= 1, op, $"the left operand {a} is not a batch of rows");
        if (op.TransposeA)
        {
            Require(b.Batched && !op.TransposeB, op, "a sum over rows takes two batched operands");
            Require(a.Rank == b.Rank && a.Shape.Take(a.Rank - 1).SequenceEqual(b.Shape.Take(b.Rank - 1)), op, $"the rows of {a} and {b} differ");
            return [TensorType.Fixed(a.Shape[a.Rank - 1], b.Shape[b.Rank - 1])];
        }

        Require(!b.Batched && b.Rank == 2, op, $"the right operand {b} is not one matrix");
        int k = op.TransposeB ? b.Shape[1] : b.Shape[0];
        int n = op.TransposeB ? b.Shape[0] : b.Shape[1];
        Require(a.Shape[a.Rank - 1] == k, op, $"the last axis of {a} is not {k}");
        return [a with { Shape = a.Shape.Take(a.Rank - 1).Concat([n]).ToEquatableArray() }];
    }

    private static TensorType[] MatMulSum(Op op, IReadOnlyList<TensorType> operands)
    {
        Require(operands.Count >= 2 && operands.Count % 2 == 0, op, $"it has {operands.Count} operands and not pairs of them");
        for (int i = 2; i < operands.Count; i++) Require(operands[i].Equals(operands[i % 2]), op, $"the operands {operands[i % 2]} and {operands[i]} differ");
        return MatMul(new Op.MatMul(false, true), [operands[0], operands[1]]);
    }

    private static TensorType[] Conv2D(Op.Conv2D op, IReadOnlyList<TensorType> operands)
    {
        Arity(op, operands, 2);
        TensorType x = Image(op, operands[0]);
        TensorType w = Filter(op, op.Window, operands[1]);
        Require(w.Shape[2] == x.Shape[2], op, $"{x} has not the filter's {w.Shape[2]} channels");
        return [x with { Shape = Output(op, op.Window, x.Shape, w.Shape[3]) }];
    }

    private static TensorType[] Conv2DInputGradient(Op.Conv2DInputGradient op, IReadOnlyList<TensorType> operands)
    {
        Arity(op, operands, 2);
        TensorType dy = Image(op, operands[0]);
        TensorType w = Filter(op, op.Window, operands[1]);
        Require(w.Shape[2] == op.InputShape[2], op, $"the input has not the filter's {w.Shape[2]} channels");
        Require(dy.Shape.Equals(Output(op, op.Window, op.InputShape, w.Shape[3])), op, $"{dy} is not the shape of the result");
        return [dy with { Shape = op.InputShape }];
    }

    private static TensorType[] Conv2DFilterGradient(Op.Conv2DFilterGradient op, IReadOnlyList<TensorType> operands)
    {
        Arity(op, operands, 2);
        TensorType x = Image(op, operands[0]), dy = Image(op, operands[1]);
        Require(dy.Shape.Equals(Output(op, op.Window, x.Shape, dy.Shape[2])), op, $"{dy} is not the shape of the result");
        return [TensorType.Fixed(op.Window.KernelHeight, op.Window.KernelWidth, x.Shape[2], dy.Shape[2])];
    }

    private static TensorType Depthwise(Op op, Window window, IReadOnlyList<TensorType> operands)
    {
        Arity(op, operands, 2);
        TensorType x = Image(op, operands[0]);
        RequireChannelFilter(op, window, operands[1], x.Shape[2]);
        return x with { Shape = Output(op, window, x.Shape, x.Shape[2]) };
    }

    private static TensorType[] DepthwiseInputGradient(Op.DepthwiseConv2DInputGradient op, IReadOnlyList<TensorType> operands)
    {
        Arity(op, operands, 2);
        TensorType dy = Image(op, operands[0]);
        RequireChannelFilter(op, op.Window, operands[1], op.InputShape[2]);
        Require(dy.Shape.Equals(Output(op, op.Window, op.InputShape, op.InputShape[2])), op, $"{dy} is not the shape of the result");
        return [dy with { Shape = op.InputShape }];
    }

    private static TensorType[] DepthwiseFilterGradient(Op.DepthwiseConv2DFilterGradient op, IReadOnlyList<TensorType> operands)
    {
        Arity(op, operands, 2);
        TensorType x = Image(op, operands[0]), dy = Image(op, operands[1]);
        Require(dy.Shape.Equals(Output(op, op.Window, x.Shape, x.Shape[2])), op, $"{dy} is not the shape of the result");
        return [TensorType.Fixed(op.Window.KernelHeight, op.Window.KernelWidth, x.Shape[2])];
    }

    private static void RequireChannelFilter(Op op, Window window, TensorType w, int channels) =>
        Require(!w.Batched && w.Shape.SequenceEqual([window.KernelHeight, window.KernelWidth, channels]), op, $"{w} is not a filter of {channels} channels");

    private static TensorType[] Pool(Op op, Window window, IReadOnlyList<TensorType> operands, int arity)
    {
        TensorType x = Image(op, Arity(op, operands, arity)[0]);
        return [x with { Shape = Output(op, window, x.Shape, x.Shape[2]) }];
    }

    private static TensorType[] PoolGradient(Op op, Window window, EquatableArray<int> input, IReadOnlyList<TensorType> operands, int gradient)
    {
        TensorType dy = Image(op, Arity(op, operands, gradient + 1)[gradient]);
        Require(dy.Shape.Equals(Output(op, window, input, input[2])), op, $"{dy} is not the shape of the result");
        return [dy with { Shape = input }];
    }

    private static TensorType[] Same(Op op, IReadOnlyList<TensorType> operands, int arity)
    {
        Arity(op, operands, arity);
        foreach (TensorType operand in operands) Require(operand.Equals(operands[0]), op, $"{operand} differs from {operands[0]}");
        return [operands[0]];
    }

    private static TensorType CrossEntropy(Op op, IReadOnlyList<TensorType> operands, int arity)
    {
        Arity(op, operands, arity);
        TensorType logits = operands[0], labels = operands[1];
        Require(labels.DType == DType.I32, op, $"labels {labels} are not I32");
        Require(logits.Batched && labels.Batched && logits.Shape.Take(logits.Rank - 1).SequenceEqual(labels.Shape), op, $"the rows of {logits} and {labels} differ");
        return labels with { DType = DType.F32 };
    }

    private static TensorType[] CrossEntropyGradient(Op op, IReadOnlyList<TensorType> operands)
    {
        Arity(op, operands, 3);
        TensorType loss = CrossEntropy(op, [operands[0], operands[1]], 2);
        Require(operands[2].Equals(loss), op, $"the gradient {operands[2]} is not of the loss's type {loss}");
        return [operands[0]];
    }

    private static TensorType[] LabelDiffers(Op op, IReadOnlyList<TensorType> operands)
    {
        Arity(op, operands, 1);
        Require(operands[0].DType == DType.I32 && operands[0].Batched, op, $"{operands[0]} is not a batch of I32");
        return [operands[0] with { DType = DType.F32 }];
    }

    /// <summary>The operands without the mask behind them, which has a number for each step of the sequence that operand <paramref name="sequence"/> is.</summary>
    private static IReadOnlyList<TensorType> Unmasked(Op op, bool masked, int sequence, IReadOnlyList<TensorType> operands, int count)
    {
        Arity(op, operands, masked ? count + 1 : count);
        if (!masked) return operands;
        TensorType mask = operands[count];
        Require(mask.Equals(TensorType.Batch(operands[sequence].Shape[0])), op, $"the mask {mask} has not a number for each step of {operands[sequence]}");
        return [.. operands.Take(count)];
    }

    private static TensorType[] Attention(Op op, int heads, int keyHeads, bool causal, IReadOnlyList<TensorType> operands)
    {
        TensorType q = operands[0], k = operands[1], v = operands[2];
        foreach (TensorType operand in new[] { q, k, v }) Require(operand.Batched && operand.Rank == 2, op, $"{operand} is not a batch of sequences");
        Require(heads > 0 && keyHeads > 0 && heads % keyHeads == 0, op, $"{heads} heads do not share {keyHeads} key heads");
        Require(q.Shape[1] % heads == 0 && k.Shape[1] == q.Shape[1] / heads * keyHeads, op, $"{q} and {k} have not the same width a head");
        Require(v.Shape[0] == k.Shape[0] && v.Shape[1] % keyHeads == 0, op, $"{k} and {v} have not the same keys");
        Require(!causal || k.Shape[0] >= q.Shape[0], op, $"a query of {q} sees no key of {k}");
        return [TensorType.Batch(q.Shape[0], v.Shape[1] / keyHeads * heads), TensorType.Batch(heads, q.Shape[0])];
    }

    private static TensorType[] AttentionGradient(Op op, Op.AttentionGradient attention, IReadOnlyList<TensorType> operands)
    {
        TensorType[] forward = Attention(op, attention.Heads, attention.KeyHeads, attention.Causal, [.. operands.Take(3)]);
        Require(operands[3].Equals(forward[0]) && operands[5].Equals(forward[0]) && operands[4].Equals(forward[1]), op, "the results and their gradient have another type");
        return [operands[0], operands[1], operands[2]];
    }

    private static TensorType[] Recurrence(Op.Recurrence op, IReadOnlyList<TensorType> operands)
    {
        int width = op.Cell.Gates() * op.Units;
        TensorType p = operands[0];
        Require(p.Batched && p.Rank == 2 && p.Shape[1] == width, op, $"{p} is not a sequence of {width} sums");
        Require(operands[1].Equals(TensorType.Fixed(op.Units, width)), op, $"{operands[1]} is not a matrix of {op.Units} x {width}");
        if (op.Cell == Cell.GRU) Require(operands[2].Equals(TensorType.Fixed(width)), op, $"{operands[2]} is not a vector of {width}");
        TensorType y = TensorType.Batch(p.Shape[0], op.Units);
        return op.Cell.Kept() == 0 ? [y] : [y, TensorType.Batch(p.Shape[0], op.Cell.Kept() * op.Units)];
    }

    private static TensorType[] RecurrenceGradient(Op.RecurrenceGradient op, IReadOnlyList<TensorType> operands)
    {
        int width = op.Cell.Gates() * op.Units, kept = op.Cell.Kept();
        TensorType y = operands[1], dy = operands[operands.Count - 1];
        Require(y.Batched && y.Rank == 2 && y.Shape[1] == op.Units && dy.Equals(y), op, $"{y} and {dy} are not states of {op.Units} units");
        Require(operands[0].Equals(TensorType.Fixed(op.Units, width)), op, $"{operands[0]} is not a matrix of {op.Units} x {width}");
        if (kept > 0) Require(operands[2].Equals(TensorType.Batch(y.Shape[0], kept * op.Units)), op, $"{operands[2]} is not what the cell keeps");
        TensorType dp = TensorType.Batch(y.Shape[0], width);
        return op.Cell == Cell.GRU ? [dp, dp] : [dp];
    }

    private static TensorType[] Reshape(Op.Reshape op, IReadOnlyList<TensorType> operands)
    {
        TensorType x = Arity(op, operands, 1)[0];
        TensorType result = x with { Shape = op.Shape };
        Require(result.Elements == x.Elements, op, $"{x} and {result} have not the same number of elements");
        return [result];
    }

    private static TensorType[] Transpose(Op.Transpose op, IReadOnlyList<TensorType> operands)
    {
        TensorType x = Arity(op, operands, 1)[0];
        Require(op.Permutation.OrderBy(axis => axis).SequenceEqual(Enumerable.Range(0, x.Rank)), op, $"{string.Join(", ", op.Permutation)} are not the axes of {x}");
        return [x with { Shape = op.Permutation.Select(axis => x.Shape[axis]).ToEquatableArray() }];
    }

    private static TensorType[] Gather(Op op, IReadOnlyList<TensorType> operands)
    {
        Arity(op, operands, 2);
        TensorType table = operands[0], indices = operands[1];
        Require(!table.Batched && table.Rank == 2, op, $"the table {table} is not one matrix");
        Require(indices.Batched && indices.DType == DType.I32, op, $"the indices {indices} are not a batch of I32");
        return [new TensorType(DType.F32, indices.Shape.Concat([table.Shape[1]]).ToEquatableArray(), true)];
    }

    private static TensorType[] SetRow(Op op, IReadOnlyList<TensorType> operands)
    {
        Arity(op, operands, 3);
        TensorType table = operands[0];
        Require(table.Batched && table.Rank == 2, op, $"the table {table} is not a batch of matrices");
        Require(operands[1].Equals(TensorType.Batch(1, table.Shape[1])), op, $"{operands[1]} is not a row of {table}");
        Require(operands[2].Equals(new TensorType(DType.I32, new([1]), true)), op, $"{operands[2]} is not an index a sample");
        return [table];
    }

    private static TensorType[] GatherGradient(Op.GatherGradient op, IReadOnlyList<TensorType> operands)
    {
        Arity(op, operands, 2);
        TensorType indices = operands[0], dy = operands[1];
        Require(indices.DType == DType.I32 && dy.Rank == indices.Rank + 1 && dy.Shape.Take(indices.Rank).SequenceEqual(indices.Shape), op, $"the rows of {dy} are not those of {indices}");
        return [TensorType.Fixed(op.Rows, dy.Shape[dy.Rank - 1])];
    }

    private static TensorType[] Concat(Op.Concat op, IReadOnlyList<TensorType> operands)
    {
        Require(operands.Count > 0, op, "there is nothing to join");
        int[] shape = [.. operands[0].Shape];
        Require(op.Axis >= 0 && op.Axis < shape.Length, op, $"axis {op.Axis} is outside {operands[0]}");
        foreach (TensorType operand in operands.Skip(1))
        {
            Require(operand.Batched == operands[0].Batched && operand.Rank == shape.Length, op, $"{operand} cannot be joined to {operands[0]}");
            for (int axis = 0; axis < shape.Length; axis++)
                Require(axis == op.Axis || operand.Shape[axis] == operands[0].Shape[axis], op, $"{operand} cannot be joined to {operands[0]}");
            shape[op.Axis] += operand.Shape[op.Axis];
        }

        return [operands[0] with { Shape = new(shape) }];
    }

    private static TensorType[] Slice(Op.Slice op, IReadOnlyList<TensorType> operands)
    {
        TensorType x = Arity(op, operands, 1)[0];
        Require(op.Axis >= 0 && op.Axis < x.Rank && op.Start >= 0 && op.Length > 0 && op.Start + op.Length <= x.Shape[op.Axis], op, $"the slice is outside {x}");
        int[] shape = [.. x.Shape];
        shape[op.Axis] = op.Length;
        return [x with { Shape = new(shape) }];
    }

    private static TensorType[] Pad(Op.Pad op, IReadOnlyList<TensorType> operands)
    {
        TensorType x = Arity(op, operands, 1)[0];
        Require(op.Axis >= 0 && op.Axis < x.Rank && op.Before >= 0 && op.After >= 0, op, $"axis {op.Axis} is outside {x}");
        int[] shape = [.. x.Shape];
        shape[op.Axis] += op.Before + op.After;
        return [x with { Shape = new(shape) }];
    }

    private static EquatableArray<int> Output(Op op, Window window, EquatableArray<int> input, int channels)
    {
        int height = window.OutputHeight(input[0]), width = window.OutputWidth(input[1]);
        Require(height > 0 && width > 0, op, $"the window does not fit {input}");
        return EquatableArray.Of(height, width, channels);
    }

    private static TensorType Image(Op op, TensorType type)
    {
        Require(type.Batched && type.Rank == 3, op, $"{type} is not a batch of images");
        return type;
    }

    private static TensorType Filter(Op op, Window window, TensorType type)
    {
        Require(
            !type.Batched && type.Rank == 4 && type.Shape[0] == window.KernelHeight && type.Shape[1] == window.KernelWidth,
            op,
            $"{type} is not a filter of {window.KernelHeight} x {window.KernelWidth}");
        return type;
    }

    private static IReadOnlyList<TensorType> Arity(Op op, IReadOnlyList<TensorType> operands, int count)
    {
        Require(operands.Count == count, op, $"{count} operands were expected and {operands.Count} given");
        return operands;
    }

    private static void Require(bool condition, Op op, string message)
    {
        if (!condition) throw new IRException($"{op.Name}: {message}.");
    }
}
