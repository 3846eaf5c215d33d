using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Lowering.Gpu;

/// <summary>A graph after all rewrites to launches of kernels for the GPU: one row per op.</summary>
internal sealed class GpuLowering
{
    private readonly Graph _graph;
    private readonly MemoryPlan _plan;
    private readonly Dictionary<Node, Node> _biasOf;
    private readonly HashSet<Node> _done;
    private readonly Precision _precision;

    private GpuLowering(Graph graph, MemoryPlan plan, Precision precision)
    {
        _graph = graph;
        _plan = plan;
        _precision = precision;
        _biasOf = BiasFusion.Find(graph, op => op is Op.MatMul { TransposeA: true } or Op.Conv2DFilterGradient);
        _done = [.. _biasOf.Values];
    }

    /// <param name="program">The program.</param>
    /// <param name="layout">Offsets of the parameters.</param>
    /// <param name="precision">How exactly matrix products are computed.</param>
    /// <param name="keepLayerOutputs">Every layer's output stays in memory to the end.</param>
    public static GpuProgramPlan Run(ProgramGraph program, ParameterLayout layout, Precision precision, bool keepLayerOutputs)
    {
        Graph graph = program.Graph;
        var kept = new HashSet<Value>(graph.Results);
        if (keepLayerOutputs) kept.UnionWith(graph.LayerOutputs.Select(layer => layer.Value));
        MemoryPlan plan = MemoryPlanning.Run(graph, layout, kept);
        return new GpuLowering(graph, plan, precision).Program(program, layout);
    }

    private GpuProgramPlan Program(ProgramGraph program, ParameterLayout layout)
    {
        var launches = new List<GpuLaunch>();
        var observations = new List<Observation>();
        LoadFusion load = LoadFusion.Of(program, _plan);
        if (load.Kernel.Columns.Length > 0) launches.Add(new GpuLaunch(load.Kernel, [], null, new Origin("", "Load", Phase.Forward)));
        _done.UnionWith(load.Fused);
        foreach (Node node in _graph.Nodes)
        {
            if (!_done.Contains(node)) launches.AddRange(Lower(node));
            foreach (NamedValue layer in _graph.LayerOutputs.Where(layer => node.Outputs.Contains(layer.Value)))
                observations.Add(new Observation(launches.Count, layer.Name, KernelArgument.Of(layer.Value, _plan)));
        }

        launches.AddRange(BlockCopies.ToParameters(_graph, layout, _plan).Select(Copy));
        return new GpuProgramPlan(program, _plan, launches, observations);
    }

    private IEnumerable<GpuLaunch> Lower(Node node)
    {
        TensorType y = node.Output.Type;
        TensorType Operand(int i) => node.Inputs[i].Type;
        KernelArgument[] arguments = [.. node.Outputs.Concat(node.Inputs).Select(value => KernelArgument.Of(value, _plan))];
        EquatableArray<int> strides = Strides(arguments);
        IEnumerable<GpuLaunch> Launch(GpuKernel kernel) => [new GpuLaunch(kernel with { Aligned = IsAligned(arguments) }, arguments, node, node.Origin)];

        switch (node.Op)
        {
            case Op.Input or Op.Parameter or Op.Reshape:
                return [];
            case Op.Map map:
                return Launch(Elementwise(map, node, strides));
            case Op.Reduce reduce:
                return Reduce(reduce, node);
            case Op.MatMul { TransposeA: true }:
                return WeightGradient(node);
            case Op.MatMul matMul:
                return Launch(MatMul(Rows(y), Last(Operand(0)), Last(y), matMul.TransposeB, Epilogue.Of(node), strides));
            case Op.Conv2D conv:
                return Launch(Convolution(ConvolutionKind.Forward, conv.Window, Operand(0).Shape, y.Shape[2], node, strides));
            case Op.Conv2DInputGradient conv:
                return Launch(Convolution(ConvolutionKind.InputGradient, conv.Window, y.Shape, Operand(0).Shape[2], node, strides));
            case Op.Conv2DFilterGradient conv:
                return FilterGradient(node, conv.Window);
            case Op.DepthwiseConv2D conv:
                return Launch(Depthwise(ConvolutionKind.Forward, conv.Window, Operand(0).Shape, node, strides));
            case Op.DepthwiseConv2DInputGradient conv:
                return Launch(Depthwise(ConvolutionKind.InputGradient, conv.Window, y.Shape, node, strides));
            case Op.DepthwiseConv2DFilterGradient conv:
                return DepthwiseFilterGradient(node, conv.Window);
            case Op.MaxPool2D pool:
                return Launch(Pooling(PoolingKind.MaxForward, pool.Window, Operand(0).Shape, node, strides));
            case Op.MaxPool2DGradient pool:
                return Launch(Pooling(PoolingKind.MaxBackward, pool.Window, y.Shape, node, strides));
            case Op.AveragePool2D pool:
                return Launch(Pooling(PoolingKind.AverageForward, pool.Window, Operand(0).Shape, node, strides));
            case Op.AveragePool2DGradient pool:
                return Launch(Pooling(PoolingKind.AverageBackward, pool.Window, y.Shape, node, strides));
            case Op.Softmax:
                return Launch(Softmax(SoftmaxKind.Forward, y, null, LabelRule.Plain, strides));
            case Op.SoftmaxGradient:
                return Launch(Softmax(SoftmaxKind.Backward, y, null, LabelRule.Plain, strides));
            case Op.SoftmaxCrossEntropy loss:
                return Launch(Softmax(SoftmaxKind.CrossEntropy, Operand(0), null, loss.Rule, strides));
            case Op.SoftmaxCrossEntropyGradient loss:
                return Launch(Softmax(SoftmaxKind.CrossEntropyGradient, Operand(0), null, loss.Rule, strides));
            case Op.SoftmaxCrossEntropyWithGradient fused:
                return Launch(Softmax(SoftmaxKind.CrossEntropyWithGradient, Operand(0), fused.Scale, fused.Rule, strides));
            case Op.LabelDiffers op:
                return Launch(new GpuKernel.LabelDiffers(strides, Operand(0).Elements, op.Label));
            case Op.Attention op:
                return Launch(new GpuKernel.Attention(strides, AttentionDirection.Forward, AttentionShape.Of(node, op.Heads, op.KeyHeads, op.Scale, op.Causal, op.Masked)));
            case Op.AttentionGradient op:
                AttentionShape attention = AttentionShape.Of(node, op.Heads, op.KeyHeads, op.Scale, op.Causal, op.Masked);
                return Launch(new GpuKernel.Attention(strides, AttentionDirection.QueryGradient, attention))
                    .Concat(Launch(new GpuKernel.Attention(strides, AttentionDirection.KeyGradient, attention)));
            case Op.Recurrence op:
                return Launch(new GpuKernel.Recurrence(strides, op.Cell, y.Shape[0], op.Units, op.Reverse, op.Masked, Backward: false));
            case Op.RecurrenceGradient op:
                return Transposed(node, node.Inputs[0], Launch(new GpuKernel.Recurrence(strides, op.Cell, y.Shape[0], op.Units, op.Reverse, op.Masked, Backward: true)));
            case Op.Transpose transpose:
                AccessPatterns access = AccessPatterns.Transposed(y, Operand(0), transpose.Permutation);
                return Launch(new GpuKernel.Elementwise(strides, access.Outer, access.Inner, y.Batched, ScalarExpression.Of(0), access.Operands, Tiling.Lanes(access.Inner)));
            case Op.SetRow:
                return Launch(new GpuKernel.SetRow(strides, Last(y)));
            case Op.Gather:
                return Launch(new GpuKernel.Gather(strides, Operand(1).Elements, Last(y), Tiling.Lanes(Last(y))));
            case Op.GatherGradient gradient:
                return GatherGradient(gradient, node);
            case Op.Concat or Op.Slice or Op.Pad:
                return BlockCopies.Of(node, _plan).Select(Copy);
            default:
                throw new IRException($"{node.Op.Name}: no row in the lowering for the GPU.");
        }
    }

    private static GpuKernel Elementwise(Op.Map map, Node node, EquatableArray<int> strides)
    {
        AccessPatterns access = AccessPatterns.Of(map.Type, [.. node.Inputs.Select(input => input.Type)]);
        return new GpuKernel.Elementwise(strides, access.Outer, access.Inner, map.Type.Batched, map.Expression, access.Operands, Tiling.Lanes(access.Inner));
    }

    private IEnumerable<GpuLaunch> Reduce(Op.Reduce reduce, Node node)
    {
        TensorType work = reduce.Type;
        int reduced = reduce.Axes.Aggregate(1, (product, axis) => product * work.Shape[axis]);
        int outer = work.Elements / reduced;
        int parts = Tiling.ReductionParts(reduced, reduce.OverBatch);
        EquatableArray<OperandAccess> operands = AccessPatterns.ReducedLast(work, [.. node.Inputs.Select(input => input.Type)], reduce.Axes);
        int lanes = reduce.OverBatch && parts > 1 ? Tiling.Lanes(outer) : 1;
        int blocks = reduce.OverBatch && parts > 1 && reduce.Kind == Reduction.Sum ? Tiling.ReductionBlocks(reduced, (long)outer / lanes * parts) : 1;
        return InParts(node, outer, 0, blocks, (strides, _) =>
            new GpuKernel.Reduce(strides, reduce.Kind, outer, reduced, work.Batched, reduce.OverBatch, reduce.Prologue, operands, lanes, parts, blocks));
    }

    private GpuKernel MatMul(int rows, int k, int n, bool transposeW, Epilogue? epilogue, EquatableArray<int> strides)
    {
        bool tensorCores = _precision == Precision.TF32 && Tiling.SuitsTensorCores(k, n);

        // Blocks of the tensor cores begin at multiples of 64, so their tiles must divide both that and the columns.
        int columns = !tensorCores ? n : n % 16 == 0 ? 16 : 8;
        Tile tile = Tiling.Product(columns, transposeW ? 8 : 16, 4, epilogue);
        (MatMulStyle style, int parts) = tensorCores ? (MatMulStyle.TensorCores, 1) : Tiling.Share(rows, k, n, tile);
        return new GpuKernel.MatMul(strides, rows, k, n, transposeW, style, tile, parts, epilogue);
    }

    private static GpuKernel Convolution(ConvolutionKind kind, Window window, EquatableArray<int> input, int filters, Node node, EquatableArray<int> strides)
    {
        Epilogue? epilogue = Epilogue.Of(node);
        Tile tile = Tiling.Product(kind == ConvolutionKind.Forward ? filters : input[2], 16, 4, epilogue);
        return new GpuKernel.Convolution(strides, kind, window, input[0], input[1], input[2], filters, tile, epilogue);
    }

    private static GpuKernel Depthwise(ConvolutionKind kind, Window window, EquatableArray<int> input, Node node, EquatableArray<int> strides) =>
        new GpuKernel.Depthwise(strides, kind, window, input[0], input[1], input[2], Tiling.Lanes(input[2]), 1, Epilogue.Of(node));

    private IEnumerable<GpuLaunch> DepthwiseFilterGradient(Node node, Window window)
    {
        EquatableArray<int> x = node.Inputs[0].Type.Shape, dy = node.Inputs[1].Type.Shape;
        int weights = node.Output.Type.Elements, lanes = Tiling.Lanes(x[2]), parts = Tiling.GradientParts(dy[0] * dy[1], weights / lanes);
        return InParts(node, weights, 0, parts, (strides, _) =>
            new GpuKernel.Depthwise(strides, ConvolutionKind.FilterGradient, window, x[0], x[1], x[2], lanes, parts, null));
    }

    private static GpuKernel Pooling(PoolingKind kind, Window window, EquatableArray<int> input, Node node, EquatableArray<int> strides) =>
        new GpuKernel.Pooling(strides, kind, window, input[0], input[1], input[2], Tiling.Lanes(input[2]), Epilogue.Of(node));

    private static GpuKernel Softmax(SoftmaxKind kind, TensorType logits, ScalarExpression? scale, LabelRule rule, EquatableArray<int> strides) =>
        new GpuKernel.Softmax(strides, kind, Rows(logits), Last(logits), scale, rule, Tiling.SoftmaxParts(Last(logits)));

    private IEnumerable<GpuLaunch> WeightGradient(Node node)
    {
        TensorType x = node.Inputs[0].Type, dy = node.Inputs[1].Type;
        int m = Last(x), n = Last(dy), rows = Rows(x);
        Tile tile = new(Math.Min(8, m), Tiling.Columns(n, 8));
        GradientGroup group = Tiling.GradientGroup(Tiling.Count(n, tile.Columns), (tile.Rows + 1) * tile.Columns);
        int parts = Tiling.GradientParts(rows, (long)Tiling.Count(m, tile.Rows) * Tiling.Count(n, tile.Columns) * group.Shares);
        return InParts(node, m * n, n, parts, (strides, bias) => new GpuKernel.WeightGradient(strides, rows, m, n, tile, group, parts, bias));
    }

    private IEnumerable<GpuLaunch> FilterGradient(Node node, Window window)
    {
        TensorType x = node.Inputs[0].Type, dy = node.Inputs[1].Type;
        int channels = x.Shape[2], filters = dy.Shape[2], taps = window.KernelHeight * window.KernelWidth;

        // With one channel the taps are the rows of a tile, else the channels of one tap.
        Tile tile = new(Math.Min(channels == 1 ? 9 : 8, channels == 1 ? taps : channels), Tiling.Columns(filters, 8));
        int tiles = (channels == 1 ? Tiling.Count(taps, tile.Rows) : taps * Tiling.Count(channels, tile.Rows)) * Tiling.Count(filters, tile.Columns);
        GradientGroup group = Tiling.GradientGroup(Tiling.Count(filters, tile.Columns), (tile.Rows + 1) * tile.Columns);
        int parts = Tiling.GradientParts(dy.Shape[0] * dy.Shape[1], (long)tiles * group.Shares);
        return InParts(node, node.Output.Type.Elements, filters, parts, (strides, bias) =>
            new GpuKernel.FilterGradient(strides, window, x.Shape[0], x.Shape[1], channels, filters, tile, group, parts, bias));
    }

    private IEnumerable<GpuLaunch> GatherGradient(Op.GatherGradient gradient, Node node)
    {
        int rows = node.Inputs[0].Type.Elements, columns = Last(node.Output.Type), parts = Tiling.GatherParts(rows, gradient.Rows, columns);
        return InParts(node, gradient.Rows * columns, 0, parts, (strides, _) => new GpuKernel.GatherGradient(strides, rows, gradient.Rows, columns, parts));
    }

    /// <summary>A kernel that finds one of its operands transposed in working memory, and before it what puts it there.</summary>
    private IEnumerable<GpuLaunch> Transposed(Node node, Value matrix, IEnumerable<GpuLaunch> launches)
    {
        KernelArgument[] arguments = [KernelArgument.Of(matrix, _plan)];
        int elements = matrix.Type.Elements, columns = Last(matrix.Type);
        yield return new GpuLaunch(new GpuKernel.Transposed(Strides(arguments), elements / columns, columns), arguments, node, node.Origin, elements);
        foreach (GpuLaunch launch in launches) yield return launch with { Scratch = elements };
    }

    /// <summary>A kernel whose sums may be in parts, a weight's gradient with its bias's where that is summed from the same operand, and what adds up the parts.</summary>
    private IEnumerable<GpuLaunch> InParts(Node node, int weights, int biases, int parts, Func<EquatableArray<int>, bool, GpuKernel> kernel)
    {
        bool bias = _biasOf.TryGetValue(node, out Node? sum);
        KernelArgument[] results = bias ? [KernelArgument.Of(node.Output, _plan), KernelArgument.Of(sum!.Output, _plan)] : [KernelArgument.Of(node.Output, _plan)];
        KernelArgument[] arguments = [.. results, .. node.Inputs.Select(input => KernelArgument.Of(input, _plan))];
        int scratch = parts == 1 ? 0 : checked(parts * (weights + (bias ? biases : 0)));
        yield return new GpuLaunch(kernel(Strides(arguments), bias) with { Aligned = IsAligned(arguments) }, arguments, node, node.Origin, scratch);
        if (parts > 1) yield return new GpuLaunch(new GpuKernel.Combine(parts, weights, bias ? biases : 0, Tiling.CombineShares(parts)), results, node, node.Origin, scratch);
    }

    private static GpuLaunch Copy(BlockCopy copy)
    {
        bool batched = copy.Target.Type.Batched;
        if (copy.Source is not { } source)
            return new GpuLaunch(new GpuKernel.Zero(Strides([copy.Target]), copy.Length, batched), [copy.Target], copy.Node, copy.Origin);
        KernelArgument[] arguments = [copy.Target, source];
        return new GpuLaunch(new GpuKernel.Copy(Strides(arguments), copy.Outer, copy.FromRow, copy.ToRow, copy.Length, batched), arguments, copy.Node, copy.Origin);
    }

    /// <summary>Every argument begins at 16 bytes.</summary>
    private static bool IsAligned(IEnumerable<KernelArgument> arguments) => arguments.All(argument => argument.Placement.Start % 4 == 0);

    private static EquatableArray<int> Strides(IEnumerable<KernelArgument> arguments) =>
        arguments.Select(argument => argument.Type.Batched ? argument.Placement.Stride : 0).ToEquatableArray();

    private static int Last(TensorType type) => type.Shape[type.Rank - 1];

    private static int Rows(TensorType type) => type.Elements / Last(type);
}
