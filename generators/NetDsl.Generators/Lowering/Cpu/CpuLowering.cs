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
        var kept = new HashSet<Value>(program.Graph.Results);
        if (keepLayerOutputs) kept.UnionWith(program.Graph.LayerOutputs.Select(layer => layer.Value));
        Graph graph = RowFusion.Run(ProductSumFusion.Run(SlopeFusion.Run(PoolGradientFusion.Run(PoolFusion.Run(program.Graph, kept), kept), kept), kept), kept);
        program = program with { Graph = graph };
        MemoryPlan plan = MemoryPlanning.Run(graph, layout, kept, OnlyInput(program), sharesStay: true);

        var calls = new List<CpuCall>();
        var observations = new List<Observation>();
        Dictionary<Node, Node> biasOf = BiasFusion.Find(graph, op => op is Op.MatMul { TransposeA: true });
        HashSet<Node> done = [.. biasOf.Values];
        foreach (Node node in graph.Nodes)
        {
            if (!done.Contains(node)) calls.AddRange(Lower(node, biasOf.TryGetValue(node, out Node? sum) ? sum : null, plan));
            foreach (NamedValue layer in graph.LayerOutputs.Where(layer => node.Outputs.Contains(layer.Value)))
                observations.Add(new Observation(calls.Count, layer.Name, KernelArgument.Of(layer.Value, plan)));
        }

        calls.AddRange(BlockCopies.ToParameters(graph, layout, plan).Select(Copy));
        return new CpuProgramPlan(program, plan, calls, observations);
    }

    /// <summary>
    /// The input of a network that has one, of floats: programs read it where the caller has it. Of all the network's inputs, whether this
    /// program reads them or not: the caller gives just one.
    /// </summary>
    private static Value? OnlyInput(ProgramGraph program)
    {
        Value[] inputs = [.. program.Columns.Where(column => column.Role == InputRole.Feature).Select(column => column.Value)];
        return inputs.Length == 1 && inputs[0].Type.DType == DType.F32 ? inputs[0] : null;
    }

    /// <param name="node">The node.</param>
    /// <param name="bias">For the gradient of a weight, the sum that its kernel computes on its way.</param>
    /// <param name="plan">Where values lie.</param>
    private static IEnumerable<CpuCall> Lower(Node node, Node? bias, MemoryPlan plan)
    {
        IEnumerable<Value> results = bias is null ? node.Outputs : [.. node.Outputs, .. bias.Outputs];
        TensorType y = node.Output.Type;
        TensorType Operand(int i) => node.Inputs[i].Type;
        IEnumerable<CpuCall> Call(CpuKernel kernel) =>
            [new CpuCall(kernel, [.. results.Concat(node.Inputs).Select(value => KernelArgument.Of(value, plan))], node, node.Origin)];

        switch (node.Op)
        {
            case Op.Input or Op.Parameter or Op.Reshape:
                return [];
            case Op.Map map:
                return Call(Elementwise(map, node, plan));
            case Op.Reduce reduce:
                return Call(Reduction(reduce, node));
            case Op.RowSteps rows:
                return Call(RowSteps(rows, node));
            case Op.MatMul { TransposeA: true }:
                return Call(new CpuKernel.MatMulWeightGradient(Rows(Operand(0)), Last(Operand(0)), Last(Operand(1)), bias is not null));
            case Op.MatMul matMul:
                return Call(new CpuKernel.MatMul(Rows(y), Last(Operand(0)), Last(y), matMul.TransposeB, Epilogue.Of(node)));
            case Op.MatMulWithSlope matMul:
                return Call(new CpuKernel.MatMul(Rows(y), Last(Operand(0)), Last(y), matMul.TransposeB, Epilogue.Of(node)! with { Slope = matMul.Slope }));
            case Op.MatMulSum:
                return Call(new CpuKernel.MatMulSum(node.OperandCount / 2, Rows(y), Last(Operand(0)), Last(y), Epilogue.Of(node)));
            case Op.Conv2D conv:
                return Call(Convolution(ConvolutionKind.Forward, conv.Window, Operand(0).Shape, y.Shape[2], node));
            case Op.PooledConv2D conv:
                return Call(PooledConvolution(conv, node));
            case Op.Conv2DInputGradient conv:
                return Call(Convolution(ConvolutionKind.InputGradient, conv.Window, y.Shape, Operand(0).Shape[2], node));
            case Op.Conv2DFilterGradient conv:
                return Call(Convolution(ConvolutionKind.FilterGradient, conv.Window, Operand(0).Shape, Operand(1).Shape[2], node));
            case Op.PooledConv2DFilterGradient conv:
                return Call(new CpuKernel.PooledFilterGradient(conv.Window, conv.Pool, Operand(0).Shape[0], Operand(0).Shape[1], Last(Operand(1))));
            case Op.DepthwiseConv2D conv:
                return Call(Depthwise(ConvolutionKind.Forward, conv.Window, Operand(0).Shape, node));
            case Op.DepthwiseConv2DInputGradient conv:
                return Call(Depthwise(ConvolutionKind.InputGradient, conv.Window, y.Shape, node));
            case Op.DepthwiseConv2DFilterGradient conv:
                return Call(Depthwise(ConvolutionKind.FilterGradient, conv.Window, Operand(0).Shape, node));
            case Op.MaxPool2D pool:
                return Call(Pooling(PoolingKind.MaxForward, pool.Window, Operand(0).Shape, node));
            case Op.MaxPool2DGradient pool:
                return Call(Pooling(PoolingKind.MaxBackward, pool.Window, y.Shape, node));
            case Op.AveragePool2D pool:
                return Call(Pooling(PoolingKind.AverageForward, pool.Window, Operand(0).Shape, node));
            case Op.AveragePool2DGradient pool:
                return Call(Pooling(PoolingKind.AverageBackward, pool.Window, y.Shape, node));
            case Op.Softmax:
                return Call(Softmax(SoftmaxKind.Forward, y, null, LabelRule.Plain));
            case Op.SoftmaxGradient:
                return Call(Softmax(SoftmaxKind.Backward, y, null, LabelRule.Plain));
            case Op.SoftmaxCrossEntropy loss:
                return Call(Softmax(SoftmaxKind.CrossEntropy, Operand(0), null, loss.Rule));
            case Op.SoftmaxCrossEntropyGradient loss:
                return Call(Softmax(SoftmaxKind.CrossEntropyGradient, Operand(0), null, loss.Rule));
            case Op.SoftmaxCrossEntropyWithGradient fused:
                return Call(Softmax(SoftmaxKind.CrossEntropyWithGradient, Operand(0), fused.Scale, fused.Rule));
            case Op.LabelDiffers op:
                return Call(new CpuKernel.LabelDiffers(Operand(0).Elements, op.Label));
            case Op.Attention op:
                return Call(new CpuKernel.Attention(AttentionShape.Of(node, op.Heads, op.KeyHeads, op.Scale, op.Causal, op.Masked), Backward: false));
            case Op.AttentionGradient op:
                return Call(new CpuKernel.Attention(AttentionShape.Of(node, op.Heads, op.KeyHeads, op.Scale, op.Causal, op.Masked), Backward: true));
            case Op.Recurrence op:
                return Call(new CpuKernel.Recurrence(op.Cell, y.Shape[0], op.Units, op.Reverse, op.Masked, Backward: false));
            case Op.RecurrenceGradient op:
                return Call(new CpuKernel.Recurrence(op.Cell, y.Shape[0], op.Units, op.Reverse, op.Masked, Backward: true));
            case Op.Transpose transpose:
                return Call(Transposition(transpose, node));
            case Op.SetRow:
                return Call(new CpuKernel.SetRow(Last(y)));
            case Op.Gather:
                return Call(new CpuKernel.Gather(Operand(1).Elements, Last(y)));
            case Op.GatherGradient gradient:
                return Call(new CpuKernel.GatherGradient(Operand(0).Elements, gradient.Rows, Last(y)));
            case Op.Concat or Op.Slice or Op.Pad:
                return BlockCopies.Of(node, plan).Select(Copy);
            default:
                throw new IRException($"{node.Op.Name}: no row in the lowering for the CPU.");
        }
    }

    private static CpuKernel.Elementwise Elementwise(Op.Map map, Node node, MemoryPlan plan)
    {
        TensorType[] operands = [.. node.Inputs.Select(input => input.Type)];
        AccessPatterns access = AccessPatterns.Of(map.Type, operands);
        bool random = ScalarExpressions.Any(map.Expression, e => e is ScalarExpression.RandomNumber);

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

    private static CpuKernel.Elementwise Transposition(Op.Transpose op, Node node)
    {
        AccessPatterns access = AccessPatterns.Transposed(node.Output.Type, node.Inputs[0].Type, op.Permutation);
        return new CpuKernel.Elementwise(access.Outer, access.Inner, node.Output.Type.Batched, false, ScalarExpression.Of(0), access.Operands);
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

        return new CpuKernel.GeneralReduction(reduce.Kind, work.Elements / reduced, reduced, work.Batched, reduce.OverBatch, reduce.Prologue, AccessPatterns.ReducedLast(work, operands, reduce.Axes));
    }

    private static CpuKernel.RowSteps RowSteps(Op.RowSteps op, Node node)
    {
        AccessPatterns access = AccessPatterns.Of(op.Type, [.. node.Inputs.Select(input => input.Type)], leastOuter: op.Type.Rank - 1);
        return new CpuKernel.RowSteps(access.Outer, access.Inner, op.Steps, access.Operands);
    }

    private static CpuKernel.Convolution Convolution(ConvolutionKind kind, Window window, EquatableArray<int> input, int filters, Node node) =>
        new(kind, window, input[0], input[1], input[2], filters, Epilogue.Of(node));

    private static CpuKernel.PooledConvolution PooledConvolution(Op.PooledConv2D op, Node node)
    {
        TensorType x = node.Inputs[0].Type;
        TensorType result = OpTypes.Infer(new Op.Conv2D(op.Window), [x, node.Inputs[1].Type])[0];
        return new(op.Window, op.Pool, op.Maximum, x.Shape[0], x.Shape[1], x.Shape[2], result.Shape[2], Epilogue.Of(node, result)?.WithMonotone());
    }

    private static CpuKernel.Depthwise Depthwise(ConvolutionKind kind, Window window, EquatableArray<int> input, Node node) =>
        new(kind, window, input[0], input[1], input[2], Epilogue.Of(node));

    private static CpuKernel.Pooling Pooling(PoolingKind kind, Window window, EquatableArray<int> input, Node node) =>
        new(kind, window, input[0], input[1], input[2], Epilogue.Of(node));

    private static CpuKernel.Softmax Softmax(SoftmaxKind kind, TensorType logits, ScalarExpression? scale, LabelRule rule) =>
        new(kind, Rows(logits), Last(logits), scale, rule);

    private static CpuCall Copy(BlockCopy copy) => copy.Source is { } source
        ? new CpuCall(new CpuKernel.Copy(copy.Outer, copy.FromRow, copy.ToRow, copy.Length, copy.Target.Type.Batched), [copy.Target, source], copy.Node, copy.Origin)
        : new CpuCall(new CpuKernel.Fill(copy.Length, 0), [copy.Target], copy.Node, copy.Origin);

    private static int Last(TensorType type) => type.Shape[type.Rank - 1];

    private static int Rows(TensorType type) => type.Elements / Last(type);
}
