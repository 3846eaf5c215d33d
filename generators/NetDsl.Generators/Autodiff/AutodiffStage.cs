using NetDsl.Generators.IR;

namespace NetDsl.Generators.Autodiff;

/// <summary>
/// Reverse-mode differentiation: a forward graph to the graph that also computes gradients. Nodes are walked backwards
/// and each asks <see cref="VectorJacobianProducts"/> for the gradients of its operands.
/// </summary>
internal static class AutodiffStage
{
    /// <summary>
    /// Gradients of the total loss, the sum over losses of weight times the mean over the samples, by every trainable parameter.
    /// </summary>
    public static Graph WithGradients(Graph forward)
    {
        var builder = new GraphBuilder(forward);
        var gradients = new GradientMap(builder, forward, inputGradients: false);
        foreach (LossValue loss in forward.Losses)
        {
            builder.Origin = new Origin(loss.Name, loss.Kind, Phase.Backward);
            ScalarExpression scale = Simplifier.Simplify(loss.Weight * (ScalarExpression)new ScalarExpression.InverseBatch());
            gradients.Add(loss.PerSample, builder.Add($"d({loss.Name})", new Op.Map(scale, loss.PerSample.Type)));
        }

        AddPenalties(forward, builder, gradients);
        gradients.WalkBack(forward.Nodes);
        return forward with
        {
            Name = "train",
            Gradients = gradients.OfParameters(forward.Parameters),
            Nodes = builder.Nodes,
        };
    }

    /// <summary>The gradients of l1 sum(|w|) + l2 sum(w²), 0 at 0.</summary>
    private static void AddPenalties(Graph forward, GraphBuilder builder, GradientMap gradients)
    {
        foreach (Node node in forward.Nodes)
        {
            if (node.Op is not Op.Parameter { Index: var index } || forward.Parameters[index] is not { Role: ParameterRole.Trainable, L1: var l1, L2: var l2 } || (l1 == 0 && l2 == 0)) continue;
            ScalarExpression weight = ScalarExpression.Of(0);
            ScalarExpression sign = new ScalarExpression.SelectGreater(weight, 0, 1, new ScalarExpression.SelectGreater(0, weight, -1, 0));
            ScalarExpression slope = l1 == 0 ? weight * (2 * l2) : l2 == 0 ? sign * l1 : (weight * (2 * l2)) + (sign * l1);
            builder.Origin = node.Origin with { Phase = Phase.Backward };
            gradients.Add(node.Output, builder.Map($"d({node.Output.Label})", slope, node.Output));
        }
    }

    /// <summary>
    /// Vector-Jacobian products from given gradients of the outputs, one more column each, named <c>d(output)</c>:
    /// by every trainable parameter and, with <paramref name="inputGradients"/>, by every input.
    /// </summary>
    public static Graph Backward(Graph forward, bool inputGradients)
    {
        var builder = new GraphBuilder(forward);
        var gradients = new GradientMap(builder, forward, inputGradients);
        var columns = forward.Inputs.ToList();
        foreach (NamedValue output in forward.Outputs)
        {
            string name = $"d({output.Name})";
            builder.Origin = new Origin(output.Name, "Output", Phase.Backward);
            Value seed = builder.Add(name, new Op.Input(name, InputRole.OutputGradient, output.Value.Type));
            columns.Add(new NamedValue(name, seed));
            gradients.Add(output.Value, seed);
        }

        gradients.WalkBack(forward.Nodes);
        return forward with
        {
            Name = "backward",
            Inputs = columns,
            Losses = [],
            Gradients = gradients.OfParameters(forward.Parameters),
            InputGradients = inputGradients ? gradients.OfInputs(forward) : [],
            Nodes = builder.Nodes,
        };
    }
}
