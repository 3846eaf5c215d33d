using NetDsl.Generators.IR;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Lowering.Cpu;

/// <summary>
/// Joins a product, the activation that is made of it and the activation's derivative, which alone the other direction makes of it: they mostly have nearly all of their
/// work in common (GELU's exponential and polynomial, SiLU's sigmoid), and the product's result need not be kept.
/// </summary>
internal static class SlopeFusion
{
    /// <param name="graph">The graph after all rewrites.</param>
    /// <param name="kept">Values that stay in memory.</param>
    public static Graph Run(Graph graph, ISet<Value> kept)
    {
        foreach (Node product in graph.Nodes.Where(IsProduct))
        {
            if (!kept.Contains(product.Output)) graph = Join(graph, product) ?? graph;
        }

        return graph;
    }

    /// <summary>A product of the forward direction.</summary>
    private static bool IsProduct(Node node) => node is { Op: Op.MatMul { TransposeA: false }, Origin.Phase: Phase.Forward, Output.Type.Batched: true };

    private static Graph? Join(Graph graph, Node product)
    {
        Value x = product.Output;
        Node[] readers = [.. graph.Nodes.Where(node => node.Inputs.Contains(x))];
        Node[] activations = [.. readers.Where(node => node.Origin.Phase != Phase.Backward)];
        if (activations is not [{ Op: Op.Map map } activation] || !map.Type.Equals(x.Type) || activation.Inputs.Any(input => !ReferenceEquals(input, x)) || readers.Length == 1) return null;
        if (!ScalarExpressions.ReadsOnlyOperands(map.Expression) || (product.Epilogue is { } epilogue && !ScalarExpressions.ReadsOnlyOperands(epilogue))) return null;
        if (SharedSlope(readers.Where(reader => !ReferenceEquals(reader, activation)), x) is not { } slope) return null;

        ScalarExpression value = After(map.Expression, product), derivative = After(slope, product);
        if (Math.Max(ScalarExpressions.Size(value), ScalarExpressions.Size(derivative)) > ElementwiseFusion.MaximumSize) return null;

        var slopes = new Value(x.Type, Label(x.Label));
        var joined = new Node(
            new Op.MatMulWithSlope(((Op.MatMul)product.Op).TransposeB, derivative),
            product.Inputs,
            [activation.Output, slopes],
            product.Origin,
            value,
            product.EpilogueOperands);
        return graph with
        {
            Nodes =
            [
                .. graph.Nodes.Where(node => !ReferenceEquals(node, activation))
                    .Select(node => ReferenceEquals(node, product) ? joined : readers.Contains(node) ? WithSlope(node, x, slope, slopes) : node),
            ],
        };
    }

    /// <summary><c>up_2</c> to <c>upSlope_2</c>.</summary>
    private static string Label(string label)
    {
        string stem = label.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return stem.EndsWith("_", StringComparison.Ordinal) && stem.Length < label.Length ? label.Insert(stem.Length - 1, "Slope") : label + "Slope";
    }

    /// <summary>An expression of the product's result as one of what comes before its epilogue.</summary>
    private static ScalarExpression After(ScalarExpression expression, Node product) =>
        Simplifier.Simplify(ScalarExpressions.Substitute(expression, _ => product.Epilogue ?? ScalarExpression.Of(0)));

    /// <summary>The one function of x, with operand 0 for it, that is all the readers make of it; <see langword="null"/> where there is none, or it costs too little to be kept.</summary>
    private static ScalarExpression? SharedSlope(IEnumerable<Node> readers, Value x)
    {
        ScalarExpression? shared = null;
        foreach (Node reader in readers)
        {
            int operand = IndexOf(reader, x);
            if (operand < 0 || ExpressionOf(reader) is not { } expression) return null;
            foreach (ScalarExpression part in FunctionsOf(expression, operand))
            {
                if (shared is not null && !shared.Equals(part)) return null;
                shared = part;
            }
        }

        return shared is not null && ScalarExpressions.Any(shared, ScalarExpressions.IsFunction) ? shared : null;
    }

    /// <summary>The greatest parts of an expression that read this operand and no other, which is operand 0 in them.</summary>
    private static IEnumerable<ScalarExpression> FunctionsOf(ScalarExpression expression, int operand)
    {
        if (!ScalarExpressions.Reads(expression, operand)) return [];
        return IsFunctionOf(expression, operand)
            ? [ScalarExpressions.Substitute(expression, _ => ScalarExpression.Of(0))]
            : ScalarExpressions.OperandsOf(expression).SelectMany(part => FunctionsOf(part, operand));
    }

    private static bool IsFunctionOf(ScalarExpression expression, int operand) =>
        ScalarExpressions.ReadsOnlyOperands(expression) && !ScalarExpressions.Any(expression, e => e is ScalarExpression.Operand o && o.Index != operand);

    /// <summary>The reader with the slopes in the place of x.</summary>
    private static Node WithSlope(Node reader, Value x, ScalarExpression slope, Value slopes)
    {
        int operand = IndexOf(reader, x);
        ScalarExpression expression = Replace(ExpressionOf(reader)!, ScalarExpressions.Substitute(slope, _ => ScalarExpression.Of(operand)), ScalarExpression.Of(operand));
        Node changed = reader with { Inputs = [.. reader.Inputs.Select(input => ReferenceEquals(input, x) ? slopes : input)] };
        return reader.Op is Op.Map map ? changed with { Op = map with { Expression = expression } } : changed with { Epilogue = expression };
    }

    private static ScalarExpression Replace(ScalarExpression expression, ScalarExpression part, ScalarExpression with) =>
        ScalarExpressions.Rewrite(expression, e => e.Equals(part) ? with : e);

    /// <summary>What an elementwise reader, or the epilogue of another, makes of its operands.</summary>
    private static ScalarExpression? ExpressionOf(Node reader) => reader.Op is Op.Map map ? map.Expression : reader.Epilogue;

    /// <summary>The number of x among the operands of the reader's expression; -1 where the op itself reads it, or it is given twice.</summary>
    private static int IndexOf(Node reader, Value x)
    {
        if (reader.Inputs.Count(input => ReferenceEquals(input, x)) != 1) return -1;
        int index = reader.Inputs.ToList().IndexOf(x);
        return reader.Op is Op.Map ? index : index < reader.OperandCount ? -1 : index - reader.OperandCount + 1;
    }
}
