using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Lowering.Cpu;

/// <summary>A graph after all rewrites to calls of kernels for the CPU: one row per op.</summary>
internal static class CpuLowering
{
    /// <param name="program">The program.</param>
    /// <param name="layout">Offsets of the parameters.</param>
    /// <param name="keepLayerOutputs">Every layer's output stays in memory to the end.</param>
    public static CpuProgramPlan Run(ProgramGraph program, ParameterLayout layout, bool keepLayerOutputs)
    {
        Graph graph = program.Graph;
        var kept = new HashSet<Value>(graph.Results);
        if (keepLayerOutputs) kept.UnionWith(graph.LayerOutputs.Select(layer => layer.Value));
        MemoryPlan plan = MemoryPlanning.Run(graph, layout, kept);

        var calls = new List<CpuCall>();
        var observations = new List<CpuObservation>();
        foreach (Node node in graph.Nodes)
        {
            calls.AddRange(Lower(node, plan));
            foreach (NamedValue layer in graph.LayerOutputs.Where(layer => node.Outputs.Contains(layer.Value)))
                observations.Add(new CpuObservation(calls.Count, layer.Name, Argument(layer.Value, plan)));
        }

        foreach (ParameterValue gradient in graph.Gradients) CopyToParameter(gradient, Arena.Gradients, graph, layout, plan, calls);
        foreach (ParameterValue state in graph.StateUpdates) CopyToParameter(state, Arena.Parameters, graph, layout, plan, calls);
        return new CpuProgramPlan(program, plan, calls, observations);
    }

    private static IEnumerable<CpuCall> Lower(Node node, MemoryPlan plan)
    {
        TensorType y = node.Output.Type;
        TensorType Operand(int i) => node.Inputs[i].Type;
        IEnumerable<CpuCall> Call(CpuKernel kernel) =>
            [new CpuCall(kernel, [.. node.Outputs.Concat(node.Inputs).Select(value => Argument(value, plan))], node, node.Origin)];

        switch (node.Op)
        {
            case Op.Input or Op.Parameter or Op.Reshape:
                return [];
            case Op.Map map:
                return Call(Elementwise(map, node, plan));
            case Op.Reduce reduce:
                return Call(Reduction(reduce, node));
            case Op.MatMul { TransposeA: true }:
                return Call(new CpuKernel.MatMulWeightGradient(Rows(Operand(0)), Last(Operand(0)), Last(Operand(1))));
            case Op.MatMul matMul:
                return Call(new CpuKernel.MatMul(Rows(y), Last(Operand(0)), Last(y), matMul.TransposeB, EpilogueOf(node)));
            case Op.Conv2D conv:
                return Call(Convolution(ConvolutionKind.Forward, conv.Window, Operand(0).Shape, y.Shape[2], node));
            case Op.Conv2DInputGradient conv:
                return Call(Convolution(ConvolutionKind.InputGradient, conv.Window, y.Shape, Operand(0).Shape[2], node));
            case Op.Conv2DFilterGradient conv:
                return Call(Convolution(ConvolutionKind.FilterGradient, conv.Window, Operand(0).Shape, Operand(1).Shape[2], node));
            case Op.MaxPool2D pool:
                return Call(Pooling(PoolingKind.MaxForward, pool.Window, Operand(0).Shape, node));
            case Op.MaxPool2DGradient pool:
                return Call(Pooling(PoolingKind.MaxBackward, pool.Window, y.Shape, node));
            case Op.AveragePool2D pool:
                return Call(Pooling(PoolingKind.AverageForward, pool.Window, Operand(0).Shape, node));
            case Op.AveragePool2DGradient pool:
                return Call(Pooling(PoolingKind.AverageBackward, pool.Window, y.Shape, node));
            case Op.Softmax:
                return Call(Softmax(SoftmaxKind.Forward, y, null));
            case Op.SoftmaxGradient:
                return Call(Softmax(SoftmaxKind.Backward, y, null));
            case Op.SoftmaxCrossEntropy:
                return Call(Softmax(SoftmaxKind.CrossEntropy, Operand(0), null));
            case Op.SoftmaxCrossEntropyGradient:
                return Call(Softmax(SoftmaxKind.CrossEntropyGradient, Operand(0), null));
            case Op.SoftmaxCrossEntropyWithGradient fused:
                return Call(Softmax(SoftmaxKind.CrossEntropyWithGradient, Operand(0), fused.Scale));
            case Op.Concat concat:
                return Concat(node, concat.Axis, plan);
            case Op.Slice slice:
                return Slice(node, slice, plan);
            case Op.Pad pad:
                return Pad(node, pad, plan);
            default:
                throw new IRException($"{node.Op.Name}: no row in the lowering for the CPU.");
        }
    }

    private static CpuKernel.Elementwise Elementwise(Op.Map map, Node node, MemoryPlan plan)
    {
        TensorType[] operands = [.. node.Inputs.Select(input => input.Type)];
        AccessPatterns access = AccessPatterns.Of(map.Type, operands);
        bool random = ScalarExpressions.Any(map.Expression, e => e is ScalarExpression.Uniform);

        // One loop over samples and elements together, where every operand runs along or is one number.
        bool flat = !random && access.Outer == 1
            && access.Operands.All(a => (a.Batched == map.Type.Batched && a.InnerStride == 1) || (!a.Batched && a.InnerStride == 0))
            && (access.Inner > 1 || !map.Type.Batched || access.Operands.All(a => a.Batched));
        if (access.Inner == 1 && access.Outer == 1 && map.Type.Batched)
        {
            // A number per sample: dense over the samples.
            access = access with { Operands = access.Operands.Select(a => a with { InnerStride = a.Batched ? 1 : 0 }).ToEquatableArray() };
            flat = !random;
        }

        // Parts of larger tensors have gaps between their samples.
        flat &= node.Inputs.Concat(node.Outputs).All(value => !value.Type.Batched || plan.Placements[value].Stride == value.Type.Elements);
        return new CpuKernel.Elementwise(access.Outer, access.Inner, map.Type.Batched, flat, map.Expression, access.Operands);
    }

    private static CpuKernel Reduction(Op.Reduce reduce, Node node)
    {
        TensorType work = reduce.Type;
        TensorType[] operands = [.. node.Inputs.Select(input => input.Type)];
        int count = reduce.Axes.Length;
        bool leading = reduce.Axes.SequenceEqual(Enumerable.Range(0, count));
        bool trailing = reduce.Axes.SequenceEqual(Enumerable.Range(work.Rank - count, count));
        int reduced = reduce.Axes.Aggregate(1, (product, axis) => product * work.Shape[axis]);

        if (reduce.OverBatch && leading)
        {
            AccessPatterns access = AccessPatterns.Of(work, operands, leastOuter: count);
            if (access.Outer == reduced) return new CpuKernel.ColumnSum(access.Outer, access.Inner, reduce.Prologue, access.Operands);
        }

        if (!reduce.OverBatch && trailing && count > 0)
        {
            AccessPatterns access = AccessPatterns.Of(work, operands, leastOuter: work.Rank - count);
            if (access.Inner == reduced) return new CpuKernel.RowReduction(reduce.Kind, access.Outer, reduced, work.Batched, reduce.Prologue, access.Operands);
        }

        return General(reduce, work, operands, reduced);
    }

    /// <summary>The axes that stay first, the reduced ones last; every axis is a digit.</summary>
    private static CpuKernel.GeneralReduction General(Op.Reduce reduce, TensorType work, TensorType[] operands, int reduced)
    {
        int[] order = [.. Enumerable.Range(0, work.Rank).Where(axis => !reduce.Axes.Contains(axis)), .. reduce.Axes];
        var accesses = operands.Select(operand =>
        {
            var digits = new List<Digit>();
            int divisor = 1;
            for (int i = order.Length - 1; i >= 0; i--)
            {
                int axis = order[i], own = axis - (work.Rank - operand.Rank);
                int stride = 1;
                for (int inner = own + 1; own >= 0 && inner < operand.Rank; inner++) stride *= operand.Shape[inner];
                if (own >= 0 && operand.Shape[own] != 1) digits.Add(new Digit(divisor, work.Shape[axis], stride));
                divisor *= work.Shape[axis];
            }

            return new OperandAccess(operand.Batched, digits.ToEquatableArray(), 0);
        });
        return new CpuKernel.GeneralReduction(reduce.Kind, work.Elements / reduced, reduced, work.Batched, reduce.OverBatch, reduce.Prologue, accesses.ToEquatableArray());
    }

    private static CpuKernel.Convolution Convolution(ConvolutionKind kind, Window window, EquatableArray<int> input, int filters, Node node) =>
        new(kind, window, input[0], input[1], input[2], filters, EpilogueOf(node));

    private static CpuKernel.Pooling Pooling(PoolingKind kind, Window window, EquatableArray<int> input, Node node) =>
        new(kind, window, input[0], input[1], input[2], EpilogueOf(node));

    private static CpuKernel.Softmax Softmax(SoftmaxKind kind, TensorType logits, ScalarExpression? scale) =>
        new(kind, Rows(logits), Last(logits), scale);

    private static Epilogue? EpilogueOf(Node node)
    {
        if (node.Epilogue is null) return null;
        var operands = node.Inputs.Skip(node.OperandCount).Select(value =>
        {
            EpilogueAccess access = EpilogueAccess.Of(value.Type, node.Output.Type)!;
            return new EpilogueOperand(access.Batched, access.RowStride, access.ColumnStride);
        });
        return new Epilogue(node.Epilogue, operands.ToEquatableArray(), Last(node.Output.Type));
    }

    private static IEnumerable<CpuCall> Concat(Node node, int axis, MemoryPlan plan)
    {
        TensorType y = node.Output.Type;
        CpuArgument whole = Argument(node.Output, plan);
        int outer = Product(y.Shape, 0, axis), inner = Product(y.Shape, axis + 1, y.Rank), start = 0;
        foreach (Value operand in node.Inputs)
        {
            CpuArgument part = Argument(operand, plan);
            int length = operand.Type.Shape[axis] * inner;
            Placement target = whole.Placement with { Start = whole.Placement.Start + start };
            start += length;

            // A part that its own kernel wrote in place.
            if (part.Placement == target) continue;
            var kernel = new CpuKernel.Copy(outer, length, y.Shape[axis] * inner, length, y.Batched);
            yield return new CpuCall(kernel, [whole with { Placement = target }, part], node, node.Origin);
        }
    }

    private static IEnumerable<CpuCall> Slice(Node node, Op.Slice slice, MemoryPlan plan)
    {
        TensorType x = node.Inputs[0].Type;
        CpuArgument whole = Argument(node.Inputs[0], plan), result = Argument(node.Output, plan);
        int inner = Product(x.Shape, slice.Axis + 1, x.Rank), length = slice.Length * inner;
        Placement source = whole.Placement with { Start = whole.Placement.Start + (slice.Start * inner) };

        // A view of its operand.
        if (result.Placement == source) yield break;
        var kernel = new CpuKernel.Copy(Product(x.Shape, 0, slice.Axis), x.Shape[slice.Axis] * inner, length, length, x.Batched);
        yield return new CpuCall(kernel, [result, whole with { Placement = source }], node, node.Origin);
    }

    private static IEnumerable<CpuCall> Pad(Node node, Op.Pad pad, MemoryPlan plan)
    {
        TensorType x = node.Inputs[0].Type, y = node.Output.Type;
        CpuArgument whole = Argument(node.Inputs[0], plan), result = Argument(node.Output, plan);
        int inner = Product(x.Shape, pad.Axis + 1, x.Rank), length = x.Shape[pad.Axis] * inner;
        Placement target = result.Placement with { Start = result.Placement.Start + (pad.Before * inner) };
        yield return new CpuCall(new CpuKernel.Fill(y.Elements, 0), [result], node, node.Origin);
        var kernel = new CpuKernel.Copy(Product(x.Shape, 0, pad.Axis), length, y.Shape[pad.Axis] * inner, length, y.Batched);
        yield return new CpuCall(kernel, [result with { Placement = target }, whole], node, node.Origin);
    }

    /// <summary>Copies a gradient or state that is not yet where it belongs: one tensor may be the gradient of two parameters.</summary>
    private static void CopyToParameter(ParameterValue value, Arena arena, Graph graph, ParameterLayout layout, MemoryPlan plan, List<CpuCall> calls)
    {
        CpuArgument source = Argument(value.Value, plan);
        int offset = layout.Offsets[value.Parameter];
        if (source.Placement.Arena == arena && source.Placement.Offset == offset) return;
        ParameterInfo parameter = graph.Parameters[value.Parameter];
        int elements = parameter.Type.Elements;
        var target = new CpuArgument(parameter.Path, parameter.Type, new Placement(arena, offset, 0, elements));
        var origin = arena == Arena.Gradients
            ? new Origin("Gradients that several weights share", "Gradient", Phase.Backward)
            : new Origin("Running statistics", "State", Phase.Forward);
        calls.Add(new CpuCall(new CpuKernel.Copy(1, elements, elements, elements, Batched: false), [target, source], null, origin));
    }

    private static CpuArgument Argument(Value value, MemoryPlan plan) => new(value.Label, value.Type, plan.Placements[value]);

    private static int Last(TensorType type) => type.Shape[type.Rank - 1];

    private static int Rows(TensorType type) => type.Elements / Last(type);

    private static int Product(EquatableArray<int> shape, int from, int to)
    {
        int product = 1;
        for (int i = from; i < to; i++) product *= shape[i];
        return product;
    }
}
