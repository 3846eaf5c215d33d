using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>Drops every node whose results nobody reads.</summary>
internal sealed class DeadCode : IPass
{
    public string Name => "dead code";

    public Graph Run(Graph graph, ISet<Value> kept)
    {
        var live = new HashSet<Value>(kept);
        var nodes = new List<Node>();
        foreach (Node node in graph.Nodes.Reverse())
        {
            if (!node.Outputs.Any(live.Contains)) continue;
            live.UnionWith(node.Inputs);
            nodes.Add(node);
        }

        nodes.Reverse();
        return graph with
        {
            Nodes = nodes,
            Inputs = [.. graph.Inputs.Where(column => live.Contains(column.Value))],
            LayerOutputs = [.. graph.LayerOutputs.Where(layer => live.Contains(layer.Value))],
        };
    }
}
