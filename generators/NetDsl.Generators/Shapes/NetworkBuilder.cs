using System.Globalization;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>
/// Walks the layers of a spec along the chain and builds one graph of them, the training or the inference one.
/// </summary>
internal sealed class NetworkBuilder(NetworkSpec spec, bool training)
{
    private readonly List<NamedValue> _inputs = [];
    private readonly List<NamedValue> _columns = [];
    private readonly List<NamedValue> _outputs = [];
    private readonly List<LossValue> _losses = [];
    private readonly List<ParameterValue> _stateUpdates = [];
    private readonly List<NamedValue> _layerOutputs = [];
    private readonly List<StandardizeValue> _standardize = [];
    private readonly List<string> _rescaled = [];
    private readonly List<LayerRow> _rows = [];
    private readonly List<SpecDiagnostic> _diagnostics = [];
    private readonly HashSet<Value> _read = [];
    private readonly Dictionary<Value, (string Path, string Kind, SourceRef Source, Scope Scope)> _makers = [];

    public GraphBuilder Graph { get; } = new();

    public bool Training => training;

    public string TypeName => spec.Type.Name;

    /// <summary>The current tensor.</summary>
    public Value? Current { get; private set; }

    /// <summary>The only input, where there is one.</summary>
    public Value? SingleInput => _inputs.Count == 1 ? _inputs[0].Value : null;

    /// <summary>Builds everything.</summary>
    public (Graph? Graph, IReadOnlyList<LayerRow> Rows, IReadOnlyList<SpecDiagnostic> Diagnostics) Build()
    {
        try
        {
            var root = new Scope("", new Dictionary<string, object?>(), null);
            foreach (LayerSpec layer in spec.Layers) BuildLayer(root, layer);
            if (Current is null) throw new ShapeErrorException(Diagnostic(root, DiagnosticIds.NoInput, new SourceRef(spec.Type.MetadataName, -1), TypeName));
            NameResults();
            CheckEverythingIsRead();
        }
        catch (ShapeErrorException exception)
        {
            return (null, _rows, [.. _diagnostics, exception.Diagnostic]);
        }

        var graph = new Graph(spec.Type.Name, Graph.Nodes, Graph.Parameters, _columns, _outputs, _losses, [], _stateUpdates, [], _layerOutputs, _standardize, _rescaled);
        return (graph, _rows, _diagnostics);
    }

    public void MarkRead(Value value) => _read.Add(value);

    public string LayerOf(Value value) => _makers.TryGetValue(value, out var maker) ? maker.Path : "input";

    public SpecDiagnostic Diagnostic(Scope scope, string id, SourceRef at, params string[] arguments) =>
        scope.Insertion is null
            ? new SpecDiagnostic(id, new(arguments), at, EquatableArray<SourceRef>.Empty)
            : new SpecDiagnostic(id, new(arguments), scope.Insertion, EquatableArray.Of(at), scope.Path.TrimEnd('/'));

    public void Report(SpecDiagnostic diagnostic)
    {
        if (!_diagnostics.Contains(diagnostic)) _diagnostics.Add(diagnostic);
    }

    /// <summary>A column of the data set; asked for twice, it is the same one.</summary>
    public Value Column(string name, InputRole role, TensorType type)
    {
        Value value = Graph.Add(name, new Op.Input(name, role, type));
        _columns.Add(new NamedValue(name, value));
        return value;
    }

    public Value DeclareInput(LayerContext context, string? name, int[] shape)
    {
        if (context.Scope.Insertion is not null) throw context.Error(DiagnosticIds.Misplaced, context.Source, "[Input]", "a block works on the tensor it is given");
        CheckCurrentIsRead();
        name ??= "input";
        if (_inputs.Any(input => input.Name == name)) throw context.Error(DiagnosticIds.DuplicateName, context.Has("Name") ? context.Source.At("Name") : context.Source, name, "another input; give each input a Name");
        Value value = Column(name, InputRole.Feature, new TensorType(DType.F32, new(shape), true));
        _inputs.Add(new NamedValue(name, value));
        if (name != "input") context.Scope.Names[name] = (value, name);
        return value;
    }

    public void SwitchTo(LayerContext context, Value value)
    {
        CheckCurrentIsRead();
        Current = value;
        context.Output = null;
    }

    public void DeclareOutput(LayerContext context, string name, Value value)
    {
        if (context.Scope.Insertion is not null) throw context.Error(DiagnosticIds.Misplaced, context.Source, "[Output]", "outputs belong to a network, not to a block");
        if (_outputs.Any(output => output.Name == name)) throw context.Error(DiagnosticIds.DuplicateName, context.Source.At("name"), name, "another output");
        _outputs.Add(new NamedValue(name, value));
    }

    public void DeclareLoss(LayerContext context, LossValue loss)
    {
        if (context.Scope.Insertion is not null) throw context.Error(DiagnosticIds.Misplaced, context.Source, $"[{context.Spec.Kind}]", "losses belong to a network, not to a block");
        if (_losses.Any(other => other.Name == loss.Name)) throw context.Error(DiagnosticIds.DuplicateName, context.Source.At("Name"), loss.Name, "another loss");
        _losses.Add(loss);
    }

    public void UpdateState(Value parameter, Value next)
    {
        var op = (Op.Parameter)Graph.ProducerOf(parameter).Op;
        _stateUpdates.Add(new ParameterValue(op.Index, next));
    }

    /// <summary>The column that <paramref name="value"/> is, or <see langword="null"/> where it is computed.</summary>
    public string? ColumnOf(Value value) => _inputs.FirstOrDefault(input => ReferenceEquals(input.Value, value))?.Name;

    /// <summary>Notes that the network itself brings an input's values to a small range.</summary>
    public void MarkRescaled(string column) => _rescaled.Add(column);

    public void DeclareStandardize(StandardizeValue standardize) => _standardize.Add(standardize);

    private void BuildLayer(Scope scope, LayerSpec layer)
    {
        switch (layer.Kind)
        {
            case "Block":
                BuildBlock(scope, layer);
                return;
            case "Residual":
                BuildResidual(scope, layer);
                return;
        }

        Layer rule = LayerCatalog.Find(layer.Kind) ?? throw new IRException($"There is no layer for [{layer.Kind}].");
        string path = PathOf(scope, layer, layer.Kind);
        var context = new LayerContext(this, scope, layer, path);
        int nodesBefore = Graph.Nodes.Count;
        int parametersBefore = Graph.Parameters.Count;
        Graph.Origin = new Origin(path, layer.Kind, Phase.Forward);
        Value? before = Current;
        rule.Build(context);
        if (context.Output is { } output) Finish(scope, layer, path, output, before);
        AddRow(layer, path, context, nodesBefore, parametersBefore);
    }

    /// <summary>Makes a layer's result current and gives it its name.</summary>
    private void Finish(Scope scope, LayerSpec layer, string path, Value output, Value? before)
    {
        Current = output;
        if (!_makers.ContainsKey(output)) _makers[output] = (path, layer.Kind, layer.Source, scope);
        if (!ReferenceEquals(output, before)) _layerOutputs.Add(new NamedValue(path, output));
        if (NameArgument(scope, layer) is { } name)
        {
            if (scope.Names.TryGetValue(name, out var taken) && !ReferenceEquals(taken.Value, output))
                throw new ShapeErrorException(Diagnostic(scope, DiagnosticIds.DuplicateName, layer.Source.At("Name"), name, taken.Layer));
            scope.Names[name] = (output, path);
        }
    }

    private void BuildBlock(Scope scope, LayerSpec layer)
    {
        BlockSpec block = BlockOf(layer.TypeArguments[0]);
        foreach (string path in Uses(scope, layer, block))
        {
            Value input = RequireCurrent(scope, layer);
            BuildBody(scope, layer, block, path + "/");
            FinishBlock(scope, layer, path, block, input);
        }

        NameBlock(scope, layer);
    }

    /// <summary>y = activation(body(x) + shortcut(x)); the shortcut is x itself where no second block is given.</summary>
    private void BuildResidual(Scope scope, LayerSpec layer)
    {
        BlockSpec body = BlockOf(layer.TypeArguments[0]);
        foreach (string path in Uses(scope, layer, body))
        {
            Value input = RequireCurrent(scope, layer);
            MarkRead(input);
            BuildBody(scope, layer, body, path + "/");
            Value main = Current!;
            Value shortcut = input;
            if (layer.TypeArguments.Length == 2)
            {
                Current = input;
                BuildBody(scope, layer, BlockOf(layer.TypeArguments[1]), path + "/shortcut/");
                shortcut = Current!;
            }

            var context = new LayerContext(this, scope, layer, path);
            MarkRead(main);
            MarkRead(shortcut);
            if (!main.Type.Shape.Equals(shortcut.Type.Shape))
            {
                throw context.Error(
                    DiagnosticIds.ShapeMismatch,
                    layer.Source,
                    path,
                    LayerContext.Show(main),
                    LayerOf(main),
                    LayerContext.Show(shortcut),
                    ReferenceEquals(shortcut, input) ? $"its input ({LayerOf(input)})" : LayerOf(shortcut));
            }

            Graph.Origin = new Origin(path, "Residual", Phase.Forward);
            Value sum = Graph.Map($"{path}/sum", ScalarExpression.Of(0) + ScalarExpression.Of(1), main, shortcut);
            Current = Activations.Apply(context, sum);
            FinishBlock(scope, layer, path, body, input);
        }

        NameBlock(scope, layer);
    }

    private void FinishBlock(Scope scope, LayerSpec layer, string path, BlockSpec block, Value input)
    {
        if (ReferenceEquals(Current, input)) return;
        if (!_makers.ContainsKey(Current!)) _makers[Current!] = (path, block.Name, layer.Source, scope);
        if (!_layerOutputs.Any(l => ReferenceEquals(l.Value, Current))) _layerOutputs.Add(new NamedValue(path, Current!));
    }

    private void NameBlock(Scope scope, LayerSpec layer)
    {
        if (NameArgument(scope, layer) is not { } name) return;
        if (scope.Names.TryGetValue(name, out var taken))
            throw new ShapeErrorException(Diagnostic(scope, DiagnosticIds.DuplicateName, layer.Source.At("Name"), name, taken.Layer));
        scope.Names[name] = (Current!, name);
    }

    private void BuildBody(Scope scope, LayerSpec layer, BlockSpec block, string path)
    {
        var inner = new Scope(path, Constants(scope, layer, block), scope.Insertion ?? layer.Source);
        foreach (LayerSpec innerLayer in block.Layers) BuildLayer(inner, innerLayer);
    }

    /// <summary>The paths of the repetitions: the block's own path, with the repetition's number from 1 where <c>Repeat</c> is given.</summary>
    private List<string> Uses(Scope scope, LayerSpec layer, BlockSpec block)
    {
        string path = PathOf(scope, layer, block.Name);
        var context = new LayerContext(this, scope, layer, path);
        if (!context.Has("Repeat")) return [path];
        int repeat = context.Int("Repeat");
        return [.. Enumerable.Range(1, repeat).Select(i => path + "/" + i.ToString(CultureInfo.InvariantCulture))];
    }

    private Dictionary<string, object?> Constants(Scope scope, LayerSpec layer, BlockSpec block)
    {
        var context = new LayerContext(this, scope, layer, scope.Path + block.Name);
        var constants = new Dictionary<string, object?>(StringComparer.Ordinal);
        ValueExpression.Array given = layer.Arguments.FirstOrDefault(a => a.Parameter == "arguments")?.Value as ValueExpression.Array
            ?? new ValueExpression.Array(EquatableArray<ValueExpression>.Empty);
        if (given.Items.Length > block.Parameters.Length)
        {
            throw context.Error(
                DiagnosticIds.BlockArgument,
                layer.Source.At("arguments", block.Parameters.Length),
                block.Name,
                $"has {block.Parameters.Length} constant{(block.Parameters.Length == 1 ? "" : "s")} and is given {given.Items.Length} arguments");
        }

        for (int i = 0; i < block.Parameters.Length; i++)
        {
            BlockParameter parameter = block.Parameters[i];
            try
            {
                object? standard = Evaluator.Evaluate(parameter.Default, constants);
                object? value = i < given.Items.Length ? Evaluator.Evaluate(given.Items[i], scope.Constants) : standard;
                if (standard is double && value is int whole) value = (double)whole;
                if (i < given.Items.Length && standard is not null && value?.GetType() != standard.GetType())
                {
                    throw context.Error(
                        DiagnosticIds.BlockArgument,
                        layer.Source.At("arguments", i),
                        block.Name,
                        $"takes {KindOf(standard)} for {parameter.Name}, not {Convert.ToString(value, CultureInfo.InvariantCulture)}");
                }

                constants[parameter.Name] = value;
            }
            catch (EvaluationException exception)
            {
                throw context.Error(DiagnosticIds.UnsupportedExpression, layer.Source.At("arguments", i), exception.Message);
            }
        }

        return constants;
    }

    private static string KindOf(object value) => value switch
    {
        int => "an int",
        double => "a double",
        bool => "a bool",
        string => "a string",
        EnumValue e => "a member of " + e.Type,
        _ => value.GetType().Name,
    };

    private BlockSpec BlockOf(TypeArgumentSpec argument) => spec.Blocks.First(block => block.Type == argument.Type);

    private Value RequireCurrent(Scope scope, LayerSpec layer)
    {
        if (Current is null) throw new ShapeErrorException(Diagnostic(scope, DiagnosticIds.NoInput, layer.Source, TypeName));
        return Current;
    }

    private string PathOf(Scope scope, LayerSpec layer, string kind)
    {
        int ordinal = scope.NextOrdinal(kind);
        string path = scope.Path + (NameArgument(scope, layer) ?? kind + ordinal.ToString(CultureInfo.InvariantCulture));
        if (LayerCatalog.Find(layer.Kind) is Layers.ILossLayer or Layers.FromLayer or Layers.OutputLayer or Layers.InputLayer) return path;
        if (scope.Paths.Add(path)) return path;
        throw new ShapeErrorException(Diagnostic(scope, DiagnosticIds.DuplicateName, layer.Source.At("Name"), path.Substring(scope.Path.Length), "another layer"));
    }

    private static string? NameArgument(Scope scope, LayerSpec layer)
    {
        ArgumentSpec? argument = layer.Arguments.FirstOrDefault(a => a.Parameter == "Name");
        return argument is null ? null : Evaluator.Evaluate(argument.Value, scope.Constants) as string;
    }

    /// <summary>With neither output nor loss the last tensor is the output; a loss's tensor is one too.</summary>
    private void NameResults()
    {
        var lossTensors = _losses.Select(l => l.Prediction).Distinct().ToList();
        if (_losses.Count == 0 && _outputs.Count == 0)
        {
            _outputs.Add(new NamedValue("output", Current!));
            MarkRead(Current!);
            return;
        }

        foreach (LossValue loss in _losses)
        {
            if (_outputs.Any(o => ReferenceEquals(o.Value, loss.Prediction) || ReferenceEquals(o.Value, loss.Raw))) continue;
            string name = lossTensors.Count == 1 && _outputs.All(o => o.Name != "output") ? "output" : loss.Name;
            _outputs.Add(new NamedValue(name, loss.Raw));
        }
    }

    private void CheckCurrentIsRead()
    {
        if (Current is null || _read.Contains(Current)) return;
        ReportUnread(Current);
    }

    private void CheckEverythingIsRead()
    {
        foreach (NamedValue input in _inputs)
        {
            if (!_read.Contains(input.Value)) ReportUnread(input.Value);
        }

        foreach (NamedValue layer in _layerOutputs)
        {
            if (!_read.Contains(layer.Value)) ReportUnread(layer.Value);
        }
    }

    private void ReportUnread(Value value)
    {
        if (!_makers.TryGetValue(value, out var maker)) return;
        throw new ShapeErrorException(Diagnostic(maker.Scope, DiagnosticIds.UnreadTensor, maker.Source, maker.Path, LayerContext.Show(value)));
    }

    private void AddRow(LayerSpec layer, string path, LayerContext context, int nodesBefore, int parametersBefore)
    {
        if (context.Output is not { } output) return;
        long flops = 0;
        for (int i = nodesBefore; i < Graph.Nodes.Count; i++) flops += OpCosts.Flops(Graph.Nodes[i]);
        long parameters = 0, state = 0;
        for (int i = parametersBefore; i < Graph.Parameters.Count; i++)
        {
            if (Graph.Parameters[i].Role == ParameterRole.State) state += Graph.Parameters[i].Type.Elements;
            else parameters += Graph.Parameters[i].Type.Elements;
        }

        _rows.Add(new LayerRow(path, layer.Kind, context.Detail, output.Type.Shape, parameters, state, flops));
    }
}
