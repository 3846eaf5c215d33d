using NetDsl.Generators.IR;

namespace NetDsl.Generators.Lowering.Cpu;

/// <summary>
/// Joins the reductions of a row and what is made of them for the same row: layer normalisation is then one kernel, and its gradient another, for which
/// a row stays in the first-level cache.
/// </summary>
internal static class RowFusion
{
    /// <summary>The longest row, in elements: a few of them fit into a first-level cache.</summary>
    private const int LongestRow = 4096;

    /// <param name="graph">The graph after all rewrites.</param>
    /// <param name="kept">Values that stay in memory.</param>
    public static Graph Run(Graph graph, ISet<Value> kept)
    {
        var joined = new HashSet<Node>();
        foreach (Node first in graph.Nodes.Where(node => node.Op is Op.Reduce reduce && IsReduction(reduce, reduce.Type)))
        {
            if (joined.Contains(first)) continue;
            RowGroup group = RowGroup.From(first, graph);
            joined.UnionWith(group.Members);
            if (group.Members.Count > 1) graph = Join(graph, group, kept);
        }

        return graph;
    }

    /// <summary>Whether the node is a step over <paramref name="rows"/>.</summary>
    public static bool IsStep(Node node, TensorType rows) => node.Op switch
    {
        Op.Map map => (map.Type.Equals(rows) || map.Type.Equals(rows.WithLast(1))) && ScalarExpressions.ReadsOnlyOperands(map.Expression),
        Op.Reduce reduce => IsReduction(reduce, rows),
        _ => false,
    };

    private static bool IsReduction(Op.Reduce reduce, TensorType rows) =>
        reduce is { OverBatch: false, KeepAxes: true, Accumulator: DType.F32, Axes.Length: 1 }
        && reduce.Type.Equals(rows) && rows.Batched && reduce.Axes[0] == rows.Rank - 1
        && rows.Shape[rows.Rank - 1] is > 1 and <= LongestRow
        && ScalarExpressions.ReadsOnlyOperands(reduce.Prologue);

    /// <summary>The graph with one node in place of the group's.</summary>
    private static Graph Join(Graph graph, RowGroup group, ISet<Value> kept)
    {
        var made = new HashSet<Value>(group.Members.Select(node => node.Output));
        Value[] operands = [.. group.Members.SelectMany(node => node.Inputs).Where(value => !made.Contains(value)).Distinct()];
        var read = new HashSet<Value>(graph.Nodes.Where(node => !group.Members.Contains(node)).SelectMany(node => node.Inputs));
        var known = new Dictionary<Value, ScalarExpression>();
        for (int i = 0; i < operands.Length; i++) known[operands[i]] = ScalarExpression.Of(i);

        var steps = new List<RowStep>();
        var labels = new List<string>();
        var results = new List<Value>();
        foreach (Node member in group.Members)
        {
            Value value = member.Output;
            var reduce = member.Op as Op.Reduce;
            ScalarExpression expression = ScalarExpressions.Substitute(reduce?.Prologue ?? ((Op.Map)member.Op).Expression, i => known[member.Inputs[i]]);
            bool isWide = reduce is null && value.Type.Equals(group.Rows), isResult = kept.Contains(value) || read.Contains(value);
            if (isWide && !isResult && IsCheap(expression))
            {
                // A row that only steps read is computed again where it is read.
                known[value] = expression;
                continue;
            }

            known[value] = ScalarExpression.Of(operands.Length + steps.Count);
            steps.Add(new RowStep(reduce?.Kind, expression, isWide, isResult || isWide));
            labels.Add(value.Label);
            if (isResult || isWide) results.Add(value);
        }

        Node first = group.Members[0];
        var node = new Node(new Op.RowSteps(group.Rows, new([.. steps]), new([.. labels])), operands, results, first.Origin);
        return graph with { Nodes = group.Replace(graph.Nodes, node) };
    }

    /// <summary>No function but arithmetic, and little of it.</summary>
    private static bool IsCheap(ScalarExpression expression) =>
        ScalarExpressions.Size(expression) <= 24
        && !ScalarExpressions.Any(expression, ScalarExpressions.IsFunction);
}
