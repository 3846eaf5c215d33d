using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>
/// The derivative of an activation before a max-pooling, f'(x) max'(x) dy, is computed for what the windows gave and not for all that
/// they saw: the gradient goes to the greatest element of each window, whose value is the pooling's result, and elsewhere it is zero
/// before and after. It then fuses with what computes dy.
/// </summary>
internal sealed class PoolingGradients : IPass
{
    public string Name => "pooling gradients";

    public Graph Run(Graph graph, ISet<Value> kept)
    {
        foreach (Node gradient in graph.Nodes.Where(node => node.Op is Op.MaxPool2DGradient { Window.IsApart: true }))
            graph = Rewrite(graph, gradient, kept);
        return graph;
    }

    private static Graph Rewrite(Graph graph, Node gradient, ISet<Value> kept)
    {
        Value image = gradient.Inputs[0], share = gradient.Output, dy = gradient.Inputs[1];
        Node[] readers = [.. graph.Nodes.Where(node => node.Inputs.Contains(share))];
        if (kept.Contains(share) || readers.Length != 1 || readers[0] is not { Op: Op.Map map } derivative || !map.Type.Equals(share.Type)) return graph;
        if (!derivative.Inputs.All(input => ReferenceEquals(input, share) || ReferenceEquals(input, image))) return graph;
        if (!IsLinear(map.Expression, operand => ReferenceEquals(derivative.Inputs[operand], share))) return graph;
        Op pooling = new Op.MaxPool2D(((Op.MaxPool2DGradient)gradient.Op).Window);
        if (graph.Nodes.FirstOrDefault(node => pooling.Equals(node.Op) && ReferenceEquals(node.Inputs[0], image)) is not { } pool) return graph;

        // Between pooling and a dense layer lies a reshape, which the product before it does not fuse with.
        Node? reshape = graph.Nodes.FirstOrDefault(node => node.Op is Op.Reshape && ReferenceEquals(node.Output, dy));
        if (reshape is not null && (kept.Contains(dy) || graph.Nodes.Count(node => node.Inputs.Contains(dy)) != 1)) reshape = null;
        Value from = reshape is null ? dy : reshape.Inputs[0], greatest = pool.Output;
        var nodes = new List<Node>();
        string label = share.Label + "Pooled";
        if (reshape is not null)
        {
            greatest = new Value(from.Type, greatest.Label + "Flat");
            nodes.Add(new Node(new Op.Reshape(from.Type.Shape), [pool.Output], [greatest], gradient.Origin));
        }

        var product = new Value(from.Type, label);
        nodes.Add(derivative with
        {
            Op = map with { Type = from.Type },
            Inputs = [.. derivative.Inputs.Select(input => ReferenceEquals(input, share) ? from : greatest)],
            Outputs = [product],
            Origin = gradient.Origin,
        });
        Value pooled = product;
        if (reshape is not null)
        {
            pooled = new Value(dy.Type, label + "Image");
            nodes.Add(reshape with { Inputs = [product], Outputs = [pooled] });
        }

        nodes.Add(gradient with { Inputs = [image, pooled], Outputs = derivative.Outputs });
        return graph with
        {
            Nodes =
            [
                .. graph.Nodes
                    .Where(node => !ReferenceEquals(node, derivative) && !ReferenceEquals(node, reshape))
                    .SelectMany(node => ReferenceEquals(node, gradient) ? nodes : (IEnumerable<Node>)[node]),
            ],
        };
    }

    /// <summary>Whether an expression is a factor of its own times the operands that <paramref name="isVariable"/> names, a sum of which they are.</summary>
    private static bool IsLinear(ScalarExpression expression, Func<int, bool> isVariable) => expression switch
    {
        ScalarExpression.Operand operand => isVariable(operand.Index),
        ScalarExpression.Unary { Function: UnaryFunction.Negate } negation => IsLinear(negation.Argument, isVariable),
        ScalarExpression.Binary { Function: BinaryFunction.Multiply } product =>
            (IsLinear(product.Left, isVariable) && IsFree(product.Right, isVariable)) || (IsFree(product.Left, isVariable) && IsLinear(product.Right, isVariable)),
        ScalarExpression.Binary { Function: BinaryFunction.Divide } quotient => IsLinear(quotient.Left, isVariable) && IsFree(quotient.Right, isVariable),
        ScalarExpression.Binary { Function: BinaryFunction.Add or BinaryFunction.Subtract } sum => IsLinear(sum.Left, isVariable) && IsLinear(sum.Right, isVariable),
        ScalarExpression.SelectGreater select =>
            IsFree(select.Left, isVariable) && IsFree(select.Right, isVariable) && IsLinearOrZero(select.Then, isVariable) && IsLinearOrZero(select.Otherwise, isVariable),
        _ => false,
    };

    private static bool IsLinearOrZero(ScalarExpression expression, Func<int, bool> isVariable) =>
        expression is ScalarExpression.Constant { Value: 0 } || IsLinear(expression, isVariable);

    /// <summary>Random numbers are drawn for a place, so that they cannot move to another.</summary>
    private static bool IsFree(ScalarExpression expression, Func<int, bool> isVariable) =>
        !ScalarExpressions.Any(expression, e => e is ScalarExpression.RandomNumber || (e is ScalarExpression.Operand operand && isVariable(operand.Index)));
}
