using NetDsl.Generators.IR;

namespace NetDsl.Generators.Lowering.Cpu;

/// <summary>
/// Joins products with transposed weights that are only added up, as the input gradients of layers with one input are (an attention's queries, keys and values), into one
/// whose summed axis goes over all of them: what is added is never stored as a tensor, and rows are written once.
/// </summary>
internal static class ProductSumFusion
{
    /// <param name="graph">The graph after all rewrites.</param>
    /// <param name="kept">Values that stay in memory.</param>
    public static Graph Run(Graph graph, ISet<Value> kept)
    {
        foreach (Node sum in graph.Nodes.Where(node => IsProduct(node) && node.Epilogue is not null)) graph = Join(graph, sum, kept) ?? graph;
        return graph;
    }

    /// <summary>A product with transposed weights and more than one column, which is what the building block is for.</summary>
    private static bool IsProduct(Node node) =>
        node is { Op: Op.MatMul { TransposeA: false, TransposeB: true, Accumulator: DType.F32 }, Output.Type.Batched: true } && node.Output.Type.Shape[node.Output.Type.Rank - 1] > 1;

    private static Graph? Join(Graph graph, Node sum, ISet<Value> kept)
    {
        ScalarExpression epilogue = sum.Epilogue!;
        var joined = new Dictionary<int, Node>();
        foreach (int operand in AddedToResult(epilogue))
        {
            Value value = sum.Inputs[sum.OperandCount + operand - 1];
            Node? product = graph.Nodes.FirstOrDefault(node => IsProduct(node) && node.Epilogue is null && ReferenceEquals(node.Output, value));
            bool alone = !kept.Contains(value) && graph.Nodes.Sum(node => node.Inputs.Count(input => ReferenceEquals(input, value))) == 1;
            if (product is not null && alone && SameShapes(product, sum)) joined.Add(operand, product);
        }

        if (joined.Count == 0) return null;
        int[] left = [.. Enumerable.Range(1, sum.EpilogueOperands).Where(operand => !joined.ContainsKey(operand))];
        ScalarExpression rest = ScalarExpressions.Substitute(Without(epilogue, joined), operand => ScalarExpression.Of(Array.IndexOf(left, operand) + 1));
        bool asItIs = rest is ScalarExpression.Operand { Index: 0 };
        var whole = new Node(
            new Op.MatMulSum(),
            [.. sum.Inputs.Take(sum.OperandCount), .. joined.OrderBy(pair => pair.Key).SelectMany(pair => pair.Value.Inputs), .. left.Select(operand => sum.Inputs[sum.OperandCount + operand - 1])],
            sum.Outputs,
            sum.Origin,
            asItIs ? null : rest,
            left.Length);
        return graph with
        {
            Nodes = [.. graph.Nodes.Where(node => !joined.ContainsValue(node)).Select(node => ReferenceEquals(node, sum) ? whole : node)],
        };
    }

    private static bool SameShapes(Node product, Node sum) =>
        product.Inputs[0].Type.Equals(sum.Inputs[0].Type) && product.Inputs[1].Type.Equals(sum.Inputs[1].Type);

    /// <summary>Operands that an expression reads once and adds to the result, which it reads once, before it does anything else to either.</summary>
    private static IEnumerable<int> AddedToResult(ScalarExpression expression)
    {
        var reads = new Dictionary<int, int>();
        ScalarExpressions.Visit(expression, e =>
        {
            if (e is ScalarExpression.Operand operand) reads[operand.Index] = reads.TryGetValue(operand.Index, out int count) ? count + 1 : 1;
        });
        if (!reads.TryGetValue(0, out int results) || results != 1) return [];
        return SumWithResult(expression).OfType<ScalarExpression.Operand>().Select(operand => operand.Index).Where(index => index > 0 && reads[index] == 1);
    }

    /// <summary>The terms of the sum that the result is one of; none where it is no term of one.</summary>
    private static IReadOnlyList<ScalarExpression> SumWithResult(ScalarExpression expression)
    {
        IReadOnlyList<ScalarExpression> terms = [.. Terms(expression)];
        if (terms.Any(term => term is ScalarExpression.Operand { Index: 0 })) return terms;
        return [.. terms.SelectMany(ScalarExpressions.OperandsOf).Where(part => ScalarExpressions.Reads(part, 0)).SelectMany(SumWithResult)];
    }

    private static IEnumerable<ScalarExpression> Terms(ScalarExpression expression) =>
        expression is ScalarExpression.Binary { Function: BinaryFunction.Add } sum ? Terms(sum.Left).Concat(Terms(sum.Right)) : [expression];

    /// <summary>The expression without these terms.</summary>
    private static ScalarExpression Without(ScalarExpression expression, Dictionary<int, Node> terms)
    {
        bool Is(ScalarExpression e) => e is ScalarExpression.Operand operand && terms.ContainsKey(operand.Index);
        return ScalarExpressions.Rewrite(expression, e => e is ScalarExpression.Binary { Function: BinaryFunction.Add } sum ? Is(sum.Left) ? sum.Right : Is(sum.Right) ? sum.Left : e : e);
    }
}
