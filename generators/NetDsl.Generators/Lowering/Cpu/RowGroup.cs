using NetDsl.Generators.IR;

namespace NetDsl.Generators.Lowering.Cpu;

/// <summary>Nodes that can be steps of one pass over rows.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Members">The steps in order, the first a reduction.</param>
/// <param name="Readers">Nodes that are no steps and depend on one.</param>
internal sealed record RowGroup(TensorType Rows, IReadOnlyList<Node> Members, ISet<Node> Readers)
{
    /// <summary>A reduction, and every step in the same direction that reads what the group gives and nothing that must wait for all of it.</summary>
    public static RowGroup From(Node first, Graph graph)
    {
        TensorType rows = ((Op.Reduce)first.Op).Type;
        var members = new List<Node> { first };
        var readers = new HashSet<Node>();
        HashSet<Value> made = [first.Output], late = [];
        foreach (Node node in graph.Nodes.SkipWhile(node => !ReferenceEquals(node, first)).Skip(1))
        {
            bool isLate = node.Inputs.Any(late.Contains);
            if (!isLate && !node.Inputs.Any(made.Contains)) continue;
            if (!isLate && node.Origin.Phase == first.Origin.Phase && RowFusion.IsStep(node, rows))
            {
                members.Add(node);
                made.Add(node.Output);
                continue;
            }

            readers.Add(node);
            late.UnionWith(node.Outputs);
        }

        return new(rows, members, readers);
    }

    /// <summary>The nodes with <paramref name="joined"/> where the last member stood, and readers that stood before it behind it.</summary>
    public IReadOnlyList<Node> Replace(IReadOnlyList<Node> nodes, Node joined)
    {
        int last = nodes.ToList().IndexOf(Members[Members.Count - 1]);
        Node[] upTo = [.. nodes.Take(last + 1).Where(node => !Members.Contains(node))];
        return [.. upTo.Where(node => !Readers.Contains(node)), joined, .. upTo.Where(Readers.Contains), .. nodes.Skip(last + 1)];
    }
}
