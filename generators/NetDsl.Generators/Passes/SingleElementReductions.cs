using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>
/// A reduction of one element is that element: the loss of a single output, say. As elementwise work it runs along the samples, and
/// fuses with what is done before and after it.
/// </summary>
internal sealed class SingleElementReductions : IPass
{
    public string Name => "reductions of one element";

    public Graph Run(Graph graph, ISet<Value> kept) => graph with { Nodes = [.. graph.Nodes.SelectMany(Rewrite)] };

    private static IEnumerable<Node> Rewrite(Node node)
    {
        if (node.Op is not Op.Reduce { OverBatch: false } reduce || node.Epilogue is not null || reduce.Axes.Any(axis => reduce.Type.Shape[axis] != 1)) return [node];
        Op.Map map = new(reduce.Prologue, reduce.Type);
        if (reduce.Type.Equals(node.Output.Type)) return [node with { Op = map }];
        var element = new Value(reduce.Type, $"{node.Output.Label}/element");
        return [node with { Op = map, Outputs = [element] }, new Node(new Op.Reshape(node.Output.Type.Shape), [element], node.Outputs, node.Origin)];
    }
}
