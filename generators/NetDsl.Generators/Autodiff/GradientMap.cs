using NetDsl.Generators.IR;

namespace NetDsl.Generators.Autodiff;

/// <summary>
/// The gradients found so far. The first contribution to a value is its gradient; later ones are added in the order of the
/// walk, which is the graph's order and so the same in every build.
/// </summary>
internal sealed class GradientMap
{
    private readonly Dictionary<Value, Value> _gradients = [];
    private readonly HashSet<Value> _wanted = [];

    /// <param name="builder">Where backward nodes go.</param>
    /// <param name="forward">The graph that is differentiated.</param>
    /// <param name="inputGradients">Gradients by the inputs are wanted too.</param>
    public GradientMap(GraphBuilder builder, Graph forward, bool inputGradients)
    {
        Builder = builder;
        foreach (Node node in forward.Nodes)
        {
            bool wanted = node.Op switch
            {
                Op.Parameter parameter => forward.Parameters[parameter.Index].Role == ParameterRole.Trainable,
                Op.Input input => inputGradients && input.Role == InputRole.Feature && input.Type.DType == DType.F32,
                _ => node.Inputs.Any(_wanted.Contains),
            };
            if (wanted) _wanted.UnionWith(node.Outputs);
        }
    }

    public GraphBuilder Builder { get; }

    /// <summary>Whether anything that a gradient is wanted of lies behind <paramref name="value"/>.</summary>
    public bool Wants(Value value) => _wanted.Contains(value);

    /// <summary>The gradient by <paramref name="value"/>, where any reached it.</summary>
    public Value? Of(Value value) => _gradients.TryGetValue(value, out Value? gradient) ? gradient : null;

    /// <summary>Adds a contribution to the gradient by <paramref name="value"/>.</summary>
    public void Add(Value value, Value contribution)
    {
        if (!contribution.Type.Equals(value.Type)) throw new IRException($"The gradient {contribution} is not of the type of {value}.");
        _gradients[value] = _gradients.TryGetValue(value, out Value? sum)
            ? Builder.Map($"d({value.Label})", ScalarExpression.Of(0) + ScalarExpression.Of(1), sum, contribution)
            : contribution;
    }

    /// <summary>Sends every gradient on to the operands, last node first.</summary>
    public void WalkBack(IReadOnlyList<Node> nodes)
    {
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            Node node = nodes[i];
            if (!node.Inputs.Any(Wants) || Of(node.Output) is not { } gradient) continue;
            Builder.Origin = node.Origin with { Phase = Phase.Backward };
            VectorJacobianProducts.Apply(node, gradient, this);
        }
    }

    /// <summary>The gradient by every trainable parameter; zero where no loss depends on it.</summary>
    public IReadOnlyList<ParameterValue> OfParameters(IReadOnlyList<ParameterInfo> parameters)
    {
        var values = Builder.Nodes.Where(n => n.Op is Op.Parameter).ToDictionary(n => ((Op.Parameter)n.Op).Index, n => n.Output);
        var result = new List<ParameterValue>();
        for (int index = 0; index < parameters.Count; index++)
        {
            if (parameters[index].Role != ParameterRole.Trainable) continue;
            Value? gradient = values.TryGetValue(index, out Value? value) ? Of(value) : null;
            if (gradient is null)
            {
                Builder.Origin = new Origin(parameters[index].Path, "Parameter", Phase.Backward);
                gradient = Builder.Add($"d({parameters[index].Path})", new Op.Map(0, parameters[index].Type));
            }

            result.Add(new ParameterValue(index, gradient));
        }

        return result;
    }

    /// <summary>The gradient by every feature column; zero where no output depends on it.</summary>
    public IReadOnlyList<NamedValue> OfInputs(Graph forward)
    {
        var result = new List<NamedValue>();
        foreach (NamedValue input in forward.Inputs)
        {
            if (forward.ProducerOf(input.Value)!.Op is not Op.Input { Role: InputRole.Feature } || input.Value.Type.DType != DType.F32) continue;
            Builder.Origin = new Origin(input.Name, "Input", Phase.Backward);
            Value gradient = Of(input.Value) ?? Builder.Add($"d({input.Name})", new Op.Map(0, input.Value.Type));
            result.Add(new NamedValue(input.Name, gradient));
        }

        return result;
    }
}
