using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>Computes equal work once: the same op on the same operands. A random draw is the same work too, its key being part of the op.</summary>
internal sealed class CommonSubexpressions : IPass
{
    public string Name => "common subexpressions";

    public Graph Run(Graph graph, ISet<Value> kept)
    {
        var replacements = new Dictionary<Value, Value>();
        var known = new Dictionary<Op, List<Node>>();
        var nodes = new List<Node>();
        foreach (Node original in graph.Nodes)
        {
            Node node = original with { Inputs = [.. original.Inputs.Select(input => replacements.TryGetValue(input, out Value? r) ? r : input)] };
            if (!known.TryGetValue(node.Op, out List<Node>? candidates)) known.Add(node.Op, candidates = []);
            Node? same = candidates.FirstOrDefault(other => SameWork(node, other));
            if (same is not null && node.Op is not (Op.Input or Op.Parameter) && !node.Outputs.Any(kept.Contains))
            {
                for (int i = 0; i < node.Outputs.Count; i++) replacements[node.Outputs[i]] = same.Outputs[i];
                continue;
            }

            candidates.Add(node);
            nodes.Add(node);
        }

        return GraphRewriting.Replace(graph, nodes, replacements);
    }

    private static bool SameWork(Node a, Node b) =>
        Equals(a.Epilogue, b.Epilogue) && a.EpilogueOperands == b.EpilogueOperands
        && a.Inputs.Count == b.Inputs.Count && a.Inputs.Zip(b.Inputs, ReferenceEquals).All(same => same);
}
