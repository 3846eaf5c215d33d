using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Simplifies scalar expressions, moves elementwise nodes without operands (constants, the loss's scale) into their
/// readers, and removes elementwise nodes that only pass their operand on.
/// </summary>
internal sealed class ConstantFolding : IPass
{
    public string Name => "constant folding";

    public Graph Run(Graph graph, ISet<Value> kept)
    {
        var constants = new Dictionary<Value, ScalarExpression>();
        var replacements = new Dictionary<Value, Value>();
        var nodes = new List<Node>();
        foreach (Node original in graph.Nodes)
        {
            Node node = original with { Inputs = [.. original.Inputs.Select(input => replacements.TryGetValue(input, out Value? r) ? r : input)] };
            if (node.Op is Op.Map or Op.Reduce) node = Fold(node, constants);
            if (node.Op is Op.Map map)
            {
                if (node.Inputs.Count == 0 && !HasRandom(map.Expression)) constants[node.Output] = map.Expression;
                if (IsIdentity(node, map) && !kept.Contains(node.Output))
                {
                    replacements[node.Output] = node.Inputs[0];
                    continue;
                }
            }

            // The same number in every element, whatever the shape.
            if (node.Op is Op.Reshape && constants.TryGetValue(node.Inputs[0], out ScalarExpression? number)) constants[node.Output] = number;
            nodes.Add(node);
        }

        return GraphRewriting.Replace(graph, nodes, replacements);
    }

    private static Node Fold(Node node, Dictionary<Value, ScalarExpression> constants)
    {
        ScalarExpression expression = node.Op is Op.Map map ? map.Expression : ((Op.Reduce)node.Op).Prologue;
        expression = Simplifier.Simplify(ScalarExpressions.Substitute(
            expression,
            i => constants.TryGetValue(node.Inputs[i], out ScalarExpression? constant) ? constant : ScalarExpression.Of(i)));

        var used = Enumerable.Range(0, node.Inputs.Count).Where(i => ScalarExpressions.Reads(expression, i)).ToList();
        expression = ScalarExpressions.Substitute(expression, i => ScalarExpression.Of(used.IndexOf(i)));
        Op op = node.Op is Op.Map m ? m with { Expression = expression } : ((Op.Reduce)node.Op) with { Prologue = expression };
        return node with { Op = op, Inputs = [.. used.Select(i => node.Inputs[i])] };
    }

    private static bool IsIdentity(Node node, Op.Map map) =>
        map.Expression.Equals(ScalarExpression.Of(0)) && node.Inputs[0].Type.Equals(map.Type);

    private static bool HasRandom(ScalarExpression expression) =>
        ScalarExpressions.Any(expression, e => e is ScalarExpression.RandomNumber);
}
