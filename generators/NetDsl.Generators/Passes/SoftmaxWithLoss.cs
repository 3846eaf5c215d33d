using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Where the gradient that flows into a softmax cross-entropy is known without operands (weight over batch), the loss and
/// the gradient by the logits come from one pass over the logits.
/// </summary>
internal sealed class SoftmaxWithLoss : IPass
{
    public string Name => "softmax with loss";

    public Graph Run(Graph graph, ISet<Value> kept)
    {
        var scales = graph.Nodes
            .Where(node => node.Op is Op.Map && node.Inputs.Count == 0)
            .ToDictionary(node => node.Output, node => ((Op.Map)node.Op).Expression);
        var nodes = graph.Nodes.ToList();
        foreach (Node gradient in graph.Nodes.Where(node => node.Op is Op.SoftmaxCrossEntropyGradient))
        {
            if (!scales.TryGetValue(gradient.Inputs[2], out ScalarExpression? scale)) continue;
            LabelRule rule = ((Op.SoftmaxCrossEntropyGradient)gradient.Op).Rule;
            var op = new Op.SoftmaxCrossEntropy(rule);
            int index = nodes.FindIndex(node => op.Equals(node.Op) && ReferenceEquals(node.Inputs[0], gradient.Inputs[0]) && ReferenceEquals(node.Inputs[1], gradient.Inputs[1]));
            if (index < 0) continue;
            Node loss = nodes[index];
            nodes[index] = new Node(new Op.SoftmaxCrossEntropyWithGradient(scale, rule), loss.Inputs, [loss.Output, gradient.Output], loss.Origin);
            nodes.Remove(gradient);
        }

        return graph with { Nodes = nodes };
    }
}
