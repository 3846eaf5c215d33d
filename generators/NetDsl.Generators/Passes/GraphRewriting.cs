using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>What rewrites share: who uses a value, and replacing values everywhere.</summary>
internal static class GraphRewriting
{
    /// <summary>How many operands, of all nodes together, each value is.</summary>
    public static Dictionary<Value, int> CountUses(Graph graph)
    {
        var uses = new Dictionary<Value, int>();
        foreach (Value value in graph.Nodes.SelectMany(node => node.Inputs))
        {
            uses.TryGetValue(value, out int count);
            uses[value] = count + 1;
        }

        return uses;
    }

    /// <summary>The graph with <paramref name="nodes"/> and every value replaced that has a replacement, results included.</summary>
    public static Graph Replace(Graph graph, IReadOnlyList<Node> nodes, IReadOnlyDictionary<Value, Value> replacements)
    {
        if (replacements.Count == 0) return graph with { Nodes = nodes };

        Value Current(Value value)
        {
            while (replacements.TryGetValue(value, out Value? next)) value = next;
            return value;
        }

        return graph with
        {
            Nodes = [.. nodes.Select(node => node with { Inputs = [.. node.Inputs.Select(Current)] })],
            Outputs = [.. graph.Outputs.Select(o => o with { Value = Current(o.Value) })],
            Losses = [.. graph.Losses.Select(l => l with { PerSample = Current(l.PerSample), Raw = Current(l.Raw), Prediction = Current(l.Prediction) })],
            Gradients = [.. graph.Gradients.Select(g => g with { Value = Current(g.Value) })],
            StateUpdates = [.. graph.StateUpdates.Select(s => s with { Value = Current(s.Value) })],
            InputGradients = [.. graph.InputGradients.Select(g => g with { Value = Current(g.Value) })],
            LayerOutputs = [.. graph.LayerOutputs.Select(l => l with { Value = Current(l.Value) })],
        };
    }
}
