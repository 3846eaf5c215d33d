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

        gradients.WalkBack(forward.Nodes);
        return forward with
        {
            Name = "train",
            Gradients = gradients.OfParameters(forward.Parameters),
            Nodes = builder.Nodes,
        };
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
