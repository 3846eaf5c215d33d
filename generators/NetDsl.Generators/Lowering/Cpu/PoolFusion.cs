using NetDsl.Generators.IR;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Lowering.Cpu;

/// <summary>
/// Joins a convolution and the pooling that alone reads it, so that its result need not go through memory: in predictions, where
/// no gradient wants it. Windows must not overlap, so that each row of the convolution is used up when it is there.
/// </summary>
internal static class PoolFusion
{
    /// <param name="graph">The graph after all rewrites.</param>
    /// <param name="kept">Values that stay in memory.</param>
    public static Graph Run(Graph graph, ISet<Value> kept)
    {
        Dictionary<Value, int> uses = GraphRewriting.CountUses(graph);
        var fused = new Dictionary<Node, Node>();
        foreach (Node pool in graph.Nodes)
        {
            if (pool.Epilogue is not null || Windows(pool.Op) is not { } window || !IsInside(window)) continue;
            Value between = pool.Inputs[0];
            if (kept.Contains(between) || uses[between] != 1) continue;
            if (graph.ProducerOf(between) is not { Op: Op.Conv2D conv } producer || IsOneColumn(producer)) continue;
            fused[pool] = producer with { Op = new Op.PooledConv2D(conv.Window, window, pool.Op is Op.MaxPool2D), Outputs = pool.Outputs };
            fused[producer] = fused[pool];
        }

        // The pair's node stands where the convolution stood: all it reads is there.
        return fused.Count == 0
            ? graph
            : graph with { Nodes = [.. graph.Nodes.Where(node => !(fused.ContainsKey(node) && Windows(node.Op) is not null)).Select(node => fused.TryGetValue(node, out Node? pair) ? pair : node)] };
    }

    /// <summary>One filter of 1 x 1: a product of one column, which is summed in an order of its own where it is not fused.</summary>
    private static bool IsOneColumn(Node conv) => conv.Inputs[1].Type.Shape is { } filter && filter[0] == 1 && filter[1] == 1 && filter[3] == 1;

    private static Window? Windows(Op op) => op switch
    {
        Op.MaxPool2D pool => pool.Window,
        Op.AveragePool2D pool => pool.Window,
        _ => null,
    };

    /// <summary>Windows that share no element and have no padding or holes.</summary>
    public static bool IsInside(Window window) =>
        window is { IsApart: true, PadTop: 0, PadBottom: 0, PadLeft: 0, PadRight: 0, DilationHeight: 1, DilationWidth: 1 };
}
