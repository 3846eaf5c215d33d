using NetDsl.Generators.IR;

namespace NetDsl.Generators.Lowering.Cpu;

/// <summary>
/// What a layer before a max-pooling wants of that pooling's gradient without having it in memory: the sum for its bias is the sum of what
/// the windows share out, and the filter gradient of a first convolution finds the greatest element of each window by itself.
/// </summary>
internal static class PoolGradientFusion
{
    /// <param name="graph">The graph after all rewrites.</param>
    /// <param name="kept">Values that stay in memory.</param>
    public static Graph Run(Graph graph, ISet<Value> kept)
    {
        foreach (Node gradient in graph.Nodes.Where(node => node is { Op: Op.MaxPool2DGradient, Epilogue: null }))
        {
            Value image = gradient.Inputs[0], dy = gradient.Inputs[1], share = gradient.Output;
            graph = graph with { Nodes = [.. graph.Nodes.Select(node => IsSumOf(node, share) ? Sum(node, dy) : node)] };
            Window pool = ((Op.MaxPool2DGradient)gradient.Op).Window;
            Node[] readers = [.. graph.Nodes.Where(node => node.Inputs.Contains(share))];
            if (kept.Contains(share) || readers.Any(node => !IsFirstConvolution(node, share, pool))) continue;
            graph = graph with
            {
                Nodes =
                [
                    .. graph.Nodes
                        .Where(node => !ReferenceEquals(node, gradient))
                        .Select(node => readers.Contains(node) ? FilterGradient(node, image, dy, pool) : node),
                ],
            };
        }

        return graph;
    }

    /// <summary>Each window gives its gradient to one element, so that the sum over all elements of a channel is that over its windows.</summary>
    private static bool IsSumOf(Node node, Value share) =>
        node.Op is Op.Reduce { Kind: Reduction.Sum, OverBatch: true, Prologue: ScalarExpression.Operand } reduce
        && node.Inputs.Count == 1 && ReferenceEquals(node.Inputs[0], share)
        && reduce.Type.Equals(share.Type) && reduce.Axes.SequenceEqual([0, 1]);

    private static Node Sum(Node node, Value dy) => node with { Op = (Op.Reduce)node.Op with { Type = dy.Type }, Inputs = [dy] };

    /// <summary>Filters of 3 x 3 for one channel, whose sums all fit into registers, and windows of 2 x 2 side by side.</summary>
    private static bool IsFirstConvolution(Node node, Value share, Window pool) =>
        node.Op is Op.Conv2DFilterGradient { Window: { KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1 } }
        && node.Inputs[0].Type.Shape[2] == 1
        && ReferenceEquals(node.Inputs[1], share) && !ReferenceEquals(node.Inputs[0], share)
        && PoolFusion.IsInside(pool) && pool is { KernelHeight: 2, KernelWidth: 2, StrideHeight: 2, StrideWidth: 2 };

    private static Node FilterGradient(Node node, Value image, Value dy, Window pool) => node with
    {
        Op = new Op.PooledConv2DFilterGradient(((Op.Conv2DFilterGradient)node.Op).Window, pool),
        Inputs = [node.Inputs[0], image, dy],
    };
}
