using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Places every value of a program by its lifetime. A reshape, and a table with another row, is the same memory; a slice along the first axis is read where it lies, and
/// a part of a concatenation along it is written where it belongs; an elementwise result may take the place of an operand
/// that nobody reads afterwards; all else shares memory with what it does not overlap in time.
/// </summary>
internal sealed class MemoryPlanning
{
    private readonly Graph _graph;
    private readonly ParameterLayout _layout;
    private readonly HashSet<Value> _dense;
    private readonly HashSet<Value> _results;
    private readonly Value? _onlyInput;
    private readonly Dictionary<Value, Node> _producers = [];
    private readonly Dictionary<Value, int> _lastUse = [];
    private readonly Dictionary<Value, int> _gradientOf;
    private readonly Dictionary<Value, (Value Whole, int Start)> _parts = [];
    private readonly Dictionary<Value, MemoryBuffer> _buffers = [];
    private readonly Dictionary<Value, (int Start, int Stride)> _views = [];
    private readonly HashSet<Value> _aliases = [];

    private MemoryPlanning(Graph graph, ParameterLayout layout, ISet<Value> kept, Value? onlyInput)
    {
        _graph = graph;
        _layout = layout;
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            foreach (Value output in graph.Nodes[i].Outputs)
            {
                _producers[output] = graph.Nodes[i];
                _lastUse[output] = i;
            }

            foreach (Value input in graph.Nodes[i].Inputs) _lastUse[input] = i;
        }

        foreach (Value result in kept) _lastUse[result] = graph.Nodes.Count;
        _results = [.. graph.Results];
        _onlyInput = onlyInput;
        _dense = [.. kept.Where(_producers.ContainsKey).Select(Root)];
        _gradientOf = GradientPlaces();
        FindPartsOfConcatenations();
    }

    /// <summary>Plans the memory of one program.</summary>
    /// <param name="graph">The graph after all rewrites.</param>
    /// <param name="layout">Offsets of the parameters.</param>
    /// <param name="kept">Values that stay to the end.</param>
    /// <param name="onlyInput">The network's only input where it may lie in the caller's memory.</param>
    /// <param name="sharesStay">Whether a training step's memory is shared among values of one size only, see <see cref="MemoryBuffer.Pack"/>.</param>
    public static MemoryPlan Run(Graph graph, ParameterLayout layout, ISet<Value> kept, Value? onlyInput = null, bool sharesStay = false)
    {
        var planning = new MemoryPlanning(graph, layout, kept, onlyInput);
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            foreach (Value output in graph.Nodes[i].Outputs) planning.Assign(graph.Nodes[i], i, output);
        }

        // A training step keeps most of what it computes, so that one size at a time costs it little memory (0 to 20% among the samples); a prediction's would double.
        int activations = MemoryBuffer.Pack(planning.Buffers(Arena.Activations), ofOneSize: sharesStay && graph.Gradients.Count > 0);
        int fixedFloats = MemoryBuffer.Pack(planning.Buffers(Arena.Fixed), ofOneSize: false);
        return new MemoryPlan(planning.Placements(), activations, fixedFloats, planning.Written());
    }

    private IEnumerable<MemoryBuffer> Buffers(Arena arena) =>
        _buffers.Values.Distinct().Where(buffer => buffer.Arena == arena);

    private Dictionary<Value, Placement> Placements() =>
        _buffers.ToDictionary(
            pair => pair.Key,
            pair => new Placement(pair.Value.Arena, pair.Value.Offset, _views[pair.Key].Start, _views[pair.Key].Stride, IsLent(pair.Value)));

    /// <summary>
    /// Whether a buffer holds the only input, which then can be read where the caller has it: nothing else is ever written there, and
    /// no result of the program is a view of it.
    /// </summary>
    private bool IsLent(MemoryBuffer buffer) =>
        ReferenceEquals(buffer.Members[0], _onlyInput)
        && buffer.Members.All(member => _producers[member].Op is Op.Input or Op.Reshape or Op.Slice && !_results.Contains(member));

    private int Written() => _graph.Nodes
        .Where(node => node.Op is not (Op.Input or Op.Parameter))
        .SelectMany(node => node.Outputs)
        .Where(value => value.Type.Batched && !_aliases.Contains(value))
        .Sum(value => value.Type.Elements);

    private void Assign(Node node, int index, Value output)
    {
        int elements = output.Type.Elements;
        if (node.Op is Op.Parameter parameter)
        {
            Place(output, new MemoryBuffer(Arena.Parameters, elements, index) { Offset = _layout.Offsets[parameter.Index] }, 0, elements);
        }
        else if (node.Op is Op.Input)
        {
            // Columns are filled before the first node runs.
            Place(output, new MemoryBuffer(Arena.Activations, ParameterLayout.RoundUp(elements), -1), 0, elements);
        }
        else if (AliasOf(node) is var (whole, start))
        {
            _aliases.Add(output);
            Place(output, _buffers[whole], _views[whole].Start + start, node.Op is Op.Reshape && !output.Type.Batched ? elements : _views[whole].Stride);
        }
        else if (_gradientOf.TryGetValue(output, out int parameterIndex))
        {
            Place(output, new MemoryBuffer(Arena.Gradients, elements, index) { Offset = _layout.Offsets[parameterIndex] }, 0, elements);
        }
        else if (_parts.TryGetValue(output, out var part))
        {
            // The first part that is made brings the whole into being.
            if (!_buffers.ContainsKey(part.Whole)) PlaceNew(part.Whole, index);
            Place(output, _buffers[part.Whole], part.Start, part.Whole.Type.Elements);
        }
        else if (_buffers.TryGetValue(output, out MemoryBuffer? begun))
        {
            begun.Add(output, _lastUse[output]);
        }
        else if (output.Type.Batched && InPlaceOperand(node, index, output) is { } operand)
        {
            Place(output, _buffers[operand], 0, elements);
        }
        else
        {
            PlaceNew(output, index);
        }
    }

    private void PlaceNew(Value value, int index) =>
        Place(value, new MemoryBuffer(value.Type.Batched ? Arena.Activations : Arena.Fixed, ParameterLayout.RoundUp(value.Type.Elements), index), 0, value.Type.Elements);

    private void Place(Value value, MemoryBuffer buffer, int start, int stride)
    {
        _buffers[value] = buffer;
        _views[value] = (start, stride);
        buffer.Add(value, _lastUse[value]);
    }

    /// <summary>What the node's result is a view of, where it copies nothing.</summary>
    private (Value Whole, int Start)? AliasOf(Node node)
    {
        if (node.Op is Op.Reshape or Op.SetRow) return (node.Inputs[0], 0);
        if (node.Op is not Op.Slice slice || _dense.Contains(node.Output) || !node.Output.Type.Batched) return null;
        TensorType x = node.Inputs[0].Type;
        int inner = 1;
        for (int axis = slice.Axis + 1; axis < x.Rank; axis++) inner *= x.Shape[axis];
        bool contiguous = node.Output.Type.Shape.Take(slice.Axis).All(extent => extent == 1);
        return contiguous ? (node.Inputs[0], slice.Start * inner) : null;
    }

    /// <summary>Operands of concatenations along the leading axis that a kernel can write in place.</summary>
    private void FindPartsOfConcatenations()
    {
        foreach (Node node in _graph.Nodes)
        {
            if (node.Op is not Op.Concat concat || !node.Output.Type.Batched) continue;
            if (node.Output.Type.Shape.Take(concat.Axis).Any(extent => extent != 1)) continue;
            int start = 0;
            foreach (Value operand in node.Inputs)
            {
                bool own = _producers[operand].Op is not (Op.Input or Op.Parameter or Op.Reshape or Op.Slice or Op.Concat)
                    && (_producers[operand].Outputs.Count == 1 || _producers[operand].Op is Op.MatMulWithSlope)
                    && !_dense.Contains(operand) && !_parts.ContainsKey(operand) && operand.Type.Elements % ParameterLayout.Alignment == 0;
                if (own) _parts[operand] = (node.Output, start);
                start += operand.Type.Elements;
            }
        }
    }

    /// <summary>An operand whose memory the result may take: same size, dead afterwards, and read element by element before it is written.</summary>
    private Value? InPlaceOperand(Node node, int index, Value output)
    {
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            Value operand = node.Inputs[i];
            if (!InPlace.MayOverwrite(node, i, output)) continue;
            if (!operand.Type.Batched || operand.Type.Elements != output.Type.Elements || operand.Type.DType != output.Type.DType) continue;
            MemoryBuffer buffer = _buffers[operand];
            if (buffer.Arena != Arena.Activations || _views[operand] != (0, operand.Type.Elements) || buffer.Size != ParameterLayout.RoundUp(operand.Type.Elements)) continue;

            // Nor may another result of this node lie there, even one that only the node itself reads.
            if (buffer.Members.Any(member => _lastUse[member] > index || node.Outputs.Contains(member))) continue;

            // Any other use of the same memory by this node must be of the harmless kind too.
            bool safe = Enumerable.Range(0, node.Inputs.Count).All(j =>
                !ReferenceEquals(_buffers[node.Inputs[j]], buffer) || (ReferenceEquals(node.Inputs[j], operand) && InPlace.MayOverwrite(node, j, output)));
            if (safe) return operand;
        }

        return null;
    }

    /// <summary>
    /// Gradients that are written straight into the gradient arena: those of one parameter alone, made by a kernel. The
    /// others are copied there at the end.
    /// </summary>
    private Dictionary<Value, int> GradientPlaces() => _graph.Gradients
        .GroupBy(gradient => Root(gradient.Value))
        .Where(group => group.Count() == 1 && _producers[group.Key].Op is not (Op.Parameter or Op.Input))
        .ToDictionary(group => group.Key, group => group.First().Parameter);

    /// <summary>The value a chain of reshapes begins with.</summary>
    private Value Root(Value value) => _producers[value] is { Op: Op.Reshape } reshape ? Root(reshape.Inputs[0]) : value;
}
