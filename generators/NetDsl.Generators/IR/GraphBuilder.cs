using NetDsl.Generators.Model;

namespace NetDsl.Generators.IR;

/// <summary>Appends nodes to a graph, with types inferred and labels made unique.</summary>
internal sealed class GraphBuilder
{
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Value> _parameterValues = [];
    private readonly Dictionary<Value, Node> _producers = [];

    public GraphBuilder()
    {
    }

    /// <summary>Goes on where <paramref name="graph"/> ends.</summary>
    public GraphBuilder(Graph graph)
    {
        Parameters.AddRange(graph.Parameters);
        foreach (Node node in graph.Nodes)
        {
            Nodes.Add(node);
            foreach (Value output in node.Outputs)
            {
                _producers.Add(output, node);
                _labels[output.Label] = 1;
            }

            if (node.Op is Op.Parameter parameter) _parameterValues[parameter.Index] = node.Output;
        }
    }

    public List<Node> Nodes { get; } = [];

    public List<ParameterInfo> Parameters { get; } = [];

    /// <summary>What the next nodes belong to.</summary>
    public Origin Origin { get; set; } = new("", "", Phase.Forward);

    /// <summary>Appends a node with one result.</summary>
    /// <param name="label">What the result is, in a word (<c>logits</c>, <c>dx</c>); made unique by a number.</param>
    /// <param name="op">The operation.</param>
    /// <param name="operands">Its operands.</param>
    public Value Add(string label, Op op, params Value[] operands) => AddAll([label], op, operands)[0];

    /// <summary>Appends a node with any number of results.</summary>
    public IReadOnlyList<Value> AddAll(IReadOnlyList<string> labels, Op op, params Value[] operands)
    {
        TensorType[] types = OpTypes.Infer(op, [.. operands.Select(o => o.Type)]);
        Value[] outputs = [.. types.Select((type, i) => new Value(type, Unique(labels[i])))];
        var node = new Node(op, operands, outputs, Origin);
        Nodes.Add(node);
        foreach (Value output in outputs) _producers.Add(output, node);
        return outputs;
    }

    /// <summary>Appends an elementwise node whose type is the operands' broadcast type.</summary>
    public Value Map(string label, ScalarExpression expression, params Value[] operands) =>
        Add(label, new Op.Map(expression, OpTypes.Broadcast(operands.Select(o => o.Type))), operands);

    /// <summary>Appends a sum over axes of the sample and, with <paramref name="overBatch"/>, over the samples.</summary>
    public Value Sum(string label, Value x, IEnumerable<int> axes, bool overBatch, bool keepAxes = false) =>
        Add(label, new Op.Reduce(Reduction.Sum, axes.ToEquatableArray(), overBatch, keepAxes, ScalarExpression.Of(0), x.Type), x);

    public Value Reshape(string label, Value x, params int[] shape) => Add(label, new Op.Reshape(new(shape)), x);

    /// <summary>Declares a tensor of the parameter arena and gives its value.</summary>
    public Value Parameter(ParameterInfo parameter)
    {
        int index = Parameters.FindIndex(p => p.Path == parameter.Path);
        if (index < 0)
        {
            index = Parameters.Count;
            Parameters.Add(parameter);
        }

        if (_parameterValues.TryGetValue(index, out Value? value)) return value;
        value = Add(parameter.Path, new Op.Parameter(index, parameter.Type));
        _parameterValues.Add(index, value);
        return value;
    }

    /// <summary>The node that made <paramref name="value"/>.</summary>
    public Node ProducerOf(Value value) => _producers[value];

    /// <summary>A label that no other value has.</summary>
    public string Unique(string label)
    {
        _labels.TryGetValue(label, out int count);
        _labels[label] = count + 1;
        if (count == 0) return label;
        string numbered = label + "_" + (count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return _labels.ContainsKey(numbered) ? Unique(label) : Claim(numbered);
    }

    private string Claim(string label)
    {
        _labels[label] = 1;
        return label;
    }
}
