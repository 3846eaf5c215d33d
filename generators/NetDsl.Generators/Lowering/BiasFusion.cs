using NetDsl.Generators.IR;

namespace NetDsl.Generators.Lowering;

/// <summary>
/// Finds the sums over rows (gradients of biases) that the gradient of a weight can compute on its way: both read the same
/// operand from end to end, and a kernel of its own costs more than the sum.
/// </summary>
internal static class BiasFusion
{
    /// <summary>For each gradient of a weight the sum that goes with it.</summary>
    /// <param name="graph">The graph after all rewrites.</param>
    /// <param name="sums">Whether the kernel of an op can.</param>
    public static Dictionary<Node, Node> Find(Graph graph, Func<Op, bool> sums)
    {
        var pairs = new Dictionary<Node, Node>();
        var index = graph.Nodes.Select((node, i) => (node, i)).ToDictionary(pair => pair.node, pair => pair.i);
        foreach (Node gradient in graph.Nodes.Where(node => sums(node.Op)))
        {
            Value dy = gradient.Inputs[1];
            Node? sum = graph.Nodes.FirstOrDefault(node => IsSumOverRows(node, dy) && !pairs.ContainsValue(node));
            if (sum is null || index[sum] > index[gradient]) continue;

            // It comes later than it did; nobody may have read it by then.
            bool early = graph.Nodes.Any(node => node.Inputs.Contains(sum.Output) && index[node] < index[gradient]);
            if (!early) pairs.Add(gradient, sum);
        }

        return pairs;
    }

    private static bool IsSumOverRows(Node node, Value dy) =>
        node.Op is Op.Reduce { Kind: Reduction.Sum, OverBatch: true, Prologue: ScalarExpression.Operand { Index: 0 } } reduce
        && node.Inputs.Count == 1
        && ReferenceEquals(node.Inputs[0], dy)
        && reduce.Axes.SequenceEqual(Enumerable.Range(0, dy.Type.Rank - 1))
        && reduce.Type.Equals(dy.Type);
}
