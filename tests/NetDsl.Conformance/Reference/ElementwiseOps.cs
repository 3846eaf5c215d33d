using NetDsl.Generators.IR;

namespace NetDsl.Conformance.Reference;

/// <summary>Elementwise expressions and reductions over them.</summary>
internal static class ElementwiseOps
{
    /// <summary>output[i] = expression(operands at i).</summary>
    public static Tensor Map(Op.Map map, Tensor[] operands, ReferenceInputs inputs) =>
        Map(map.Expression, Tensor.Of(map.Type, inputs.Batch), operands, inputs);

    /// <summary>The op's own result is operand 0; the further operands are broadcast to it.</summary>
    public static Tensor Epilogue(ScalarExpression expression, Tensor result, Tensor[] further, ReferenceInputs inputs) =>
        Map(expression, result.Like(result.Shape), [result, .. further], inputs);

    /// <summary>
    /// The sum or maximum of prologue(operands), whose elements have the type that is reduced, over axes and samples.
    /// </summary>
    public static Tensor Reduce(Op.Reduce reduce, Tensor[] operands, ReferenceInputs inputs)
    {
        Tensor source = Map(reduce.Prologue, Tensor.Of(reduce.Type, inputs.Batch), operands, inputs);
        int[] kept = [.. source.Shape.Select((extent, axis) => reduce.Axes.Contains(axis) ? 1 : extent)];
        var result = new Tensor(source.Batched && !reduce.OverBatch, inputs.Batch, kept);
        if (reduce.Kind == Reduction.Max) Array.Fill(result.Data, double.NegativeInfinity);
        for (int sample = 0; sample < source.Samples; sample++)
        {
            int element = 0;
            foreach (int[] index in Tensor.Indices(source.Shape))
            {
                int offset = 0;
                for (int axis = 0; axis < kept.Length; axis++) offset = (offset * kept[axis]) + (kept[axis] == 1 ? 0 : index[axis]);
                ref double accumulator = ref result.Data[((result.Batched ? sample : 0) * result.Elements) + offset];
                double x = source.Data[(sample * source.Elements) + element++];
                accumulator = reduce.Kind switch
                {
                    Reduction.Sum => accumulator + x,
                    Reduction.Max => Math.Max(accumulator, x),
                    _ => throw new InvalidOperationException($"The reduction {reduce.Kind} has no meaning: add it to the reference interpreter."),
                };
            }
        }

        if (reduce.KeepAxes) return result;
        int[] shape = [.. source.Shape.Where((_, axis) => !reduce.Axes.Contains(axis))];
        return new Tensor(result.Batched, result.Samples, shape, result.Data);
    }

    private static Tensor Map(ScalarExpression expression, Tensor result, Tensor[] operands, ReferenceInputs inputs)
    {
        double[] x = new double[operands.Length];
        for (int sample = 0; sample < result.Samples; sample++)
        {
            int element = 0;
            foreach (int[] index in Tensor.Indices(result.Shape))
            {
                for (int i = 0; i < x.Length; i++) x[i] = operands[i].Broadcast(sample, index);
                result.Data[(sample * result.Elements) + element] = ScalarEvaluator.Evaluate(expression, x, sample, element, inputs);
                element++;
            }
        }

        return result;
    }
}
