using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Generation;

/// <summary>
/// The graph of a decoder over one place of the text: given a token and its place, it gives the logits of the next one. What it computed of the places before is in caches, the
/// keys and values of each attention, which keep their content from run to run. That can be done where every op on the way works on each place by itself, and
/// where attention sees no later place.
/// </summary>
internal sealed class TokenStep
{
    private readonly GraphBuilder _builder;
    private readonly List<NamedValue> _caches = [];
    private readonly Dictionary<Value, Value> _moved = [];
    private readonly Value _place;
    private readonly Value _seen;
    private readonly int _length;

    private TokenStep(Graph graph, NamedValue tokens)
    {
        _length = tokens.Value.Type.Shape[0];

        // What is the same for all samples, weights and tables, is there as it is.
        _builder = new GraphBuilder(graph with { Nodes = [.. graph.Nodes.Where(node => !node.Inputs.Concat(node.Outputs).Any(value => value.Type.Batched))] });
        Value Column(string name, TensorType type) => _builder.Add(name, new Op.Input(name, InputRole.Feature, type));
        TensorType one = new(DType.I32, new([1]), true);
        _moved[tokens.Value] = Column(tokens.Name, one);
        _place = Column("place", one);
        _seen = Column("seen", TensorType.Batch(_length));
    }

    /// <summary>The step of a network, or <see langword="null"/> where it has none.</summary>
    /// <param name="graph">The inference graph.</param>
    public static Graph? Of(Graph graph)
    {
        if (Tokens(graph) is not { } tokens || graph.Losses.Count != 1 || graph.Losses[0].Kind != "CrossEntropy") return null;
        Value raw = graph.Losses[0].Raw;
        Value logits = graph.ProducerOf(raw) is { Op: Op.Softmax } softmax ? softmax.Inputs[0] : raw;
        var step = new TokenStep(graph, tokens);
        if (!step.IsSequence(logits) || logits.Type.Rank != 2 || logits.Type.Shape[1] != Vocabulary(graph, tokens.Value)) return null;
        foreach (Node node in Ancestors(graph, logits))
        {
            if (!step.Move(node)) return null;
        }

        return graph with
        {
            Nodes = step._builder.Nodes,
            Inputs = [],
            Outputs = [new NamedValue("logits", step._moved[logits]), .. step._caches],
            Losses = [],
            LayerOutputs = [],
            StateUpdates = [],
        };
    }

    /// <summary>The only input, where it is of tokens and more than one.</summary>
    private static NamedValue? Tokens(Graph graph)
    {
        NamedValue[] features = [.. graph.Inputs.Where(input => graph.ProducerOf(input.Value)!.Op is Op.Input { Role: InputRole.Feature })];
        return features.Length == 1 && features[0].Value.Type is { DType: DType.I32, Rank: 1 } type && type.Shape[0] > 1 ? features[0] : null;
    }

    /// <summary>Rows of the table that the tokens are read from; 0 where none is.</summary>
    private static int Vocabulary(Graph graph, Value tokens) =>
        graph.Nodes.FirstOrDefault(node => node.Op is Op.Gather && ReferenceEquals(node.Inputs[1], tokens))?.Inputs[0].Type.Shape[0] ?? 0;

    private static IEnumerable<Node> Ancestors(Graph graph, Value value)
    {
        var wanted = new HashSet<Value> { value };
        foreach (Node node in graph.Nodes.Reverse().Where(node => node.Outputs.Any(wanted.Contains))) wanted.UnionWith(node.Inputs);
        return graph.Nodes.Where(node => node.Outputs.Any(wanted.Contains));
    }

    private bool IsSequence(Value value) => value.Type.Batched && value.Type.Rank > 0 && value.Type.Shape[0] == _length;

    /// <summary>Adds what a node computes at one place. What is the same for all samples stays as it is.</summary>
    private bool Move(Node node)
    {
        if (node.Outputs.All(output => !output.Type.Batched)) return true;
        if (node.Op is Op.Input) return _moved.ContainsKey(node.Output);
        if (!IsSequence(node.Output) || node.Inputs.Any(input => input.Type.Batched && !IsSequence(input))) return false;
        _builder.Origin = node.Origin;
        if (node.Op is Op.Attention attention) return Attend(node, attention);
        if (AtOnePlace(node) is not { } op) return false;
        _moved[node.Output] = _builder.Add(node.Output.Label, op, [.. node.Inputs.Select(input => Operand(node, input))]);
        return true;
    }

    /// <summary>The op over one place, where it works on each by itself.</summary>
    private Op? AtOnePlace(Node node) => node.Op switch
    {
        // Operands are aligned at the last axis, so that those of fewer axes run along others than the places.
        Op.Map map when Aligned(node, map.Type) => map with { Type = One(map.Type) },
        Op.Reduce { OverBatch: false } reduce when !reduce.Axes.Contains(0) && Aligned(node, reduce.Type) => reduce with { Type = One(reduce.Type) },

        // Of a number for each place the places are the last axis.
        Op.MatMul { TransposeA: false } when !node.Inputs[1].Type.Batched && node.Inputs[0].Type.Rank > 1 => node.Op,
        Op.Softmax when node.Output.Type.Rank > 1 => node.Op,
        Op.Gather when !node.Inputs[0].Type.Batched => node.Op,
        Op.Reshape reshape => reshape with { Shape = One(reshape.Shape) },
        Op.Transpose transpose when transpose.Permutation[0] == 0 => node.Op,
        Op.Slice { Axis: > 0 } or Op.Pad { Axis: > 0 } => node.Op,
        Op.Concat { Axis: > 0 } when node.Inputs.All(input => input.Type.Batched) => node.Op,
        _ => null,
    };

    private static bool Aligned(Node node, TensorType work) => node.Inputs.All(input => !input.Type.Batched || input.Type.Rank == work.Rank);

    private Value Operand(Node node, Value operand)
    {
        if (_moved.TryGetValue(operand, out Value? moved)) return moved;

        // The same for every sample: elementwise work reads of a table over the places the row of this one.
        TensorType? places = node.Op switch { Op.Map map => map.Type, Op.Reduce reduce => reduce.Type, _ => null };
        if (places is null || operand.Type.Rank != places.Rank || operand.Type.Shape[0] != _length) return operand;
        Value table = _builder.Reshape(operand.Label, operand, _length, operand.Type.Elements / _length);
        Value row = _builder.Add(operand.Label, new Op.Gather(), table, _place);
        return _builder.Reshape(operand.Label, row, [.. One(operand.Type.Shape)]);
    }

    /// <summary>The new key and value go into the caches, and the query sees what is there up to its place.</summary>
    private bool Attend(Node node, Op.Attention op)
    {
        if (!op.Causal || op.Masked) return false;
        Value Cached(Value row)
        {
            Value cache = _builder.Add($"{row.Label}/cache", new Op.Input($"{row.Label}/cache", InputRole.Cache, row.Type));
            Value filled = _builder.Add($"{row.Label}/cache", new Op.SetRow(), cache, _moved[row], _place);
            _caches.Add(new NamedValue($"{row.Label}/cache", filled));
            return filled;
        }

        Value keys = Cached(node.Inputs[1]), values = Cached(node.Inputs[2]);
        IReadOnlyList<Value> results = _builder.AddAll(
            [.. node.Outputs.Select(output => output.Label)], op with { Causal = false, Masked = true }, _moved[node.Inputs[0]], keys, values, _seen);
        _moved[node.Output] = results[0];
        return true;
    }

    private static TensorType One(TensorType type) => type with { Shape = One(type.Shape) };

    private static EquatableArray<int> One(IEnumerable<int> shape) => new([1, .. shape.Skip(1)]);
}
