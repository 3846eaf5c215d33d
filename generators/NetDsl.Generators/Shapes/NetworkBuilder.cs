using System.Globalization;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>
/// Walks the layers of a spec along the chain and builds one graph of them, the training or the inference one.
/// </summary>
/// <param name="spec">The declaration.</param>
/// <param name="trained">The training graph of the same network, whose outputs the inference graph has; <see langword="null"/> builds the former.</param>
internal sealed partial class NetworkBuilder(NetworkSpec spec, Graph? trained = null)
{
    /// <summary>The reserved name of the only input.</summary>
    public const string InputName = "input";

    private readonly List<NamedValue> _layerOutputs = [];
    private readonly List<LayerRow> _rows = [];
    private readonly List<SpecDiagnostic> _diagnostics = [];
    private readonly HashSet<Value> _read = [];
    private readonly Dictionary<Value, (string Path, SourceRef Source, Scope Scope)> _makers = [];

    public GraphBuilder Graph { get; } = new();

    public bool Training => trained is null;

    public string TypeName => spec.Type.Name;

    /// <summary>The current tensor.</summary>
    public Value? Current { get; private set; }

    /// <summary>Builds everything.</summary>
    public (Graph? Graph, IReadOnlyList<LayerRow> Rows, IReadOnlyList<SpecDiagnostic> Diagnostics) Build()
    {
        try
        {
            var root = new Scope("", new Dictionary<string, object?>(), insertion: null, trainable: true);
            foreach (LayerSpec layer in spec.Layers) BuildLayer(root, layer);
            if (Current is null || _inputs.Count == 0) throw new ShapeErrorException(Diagnostic(root, DiagnosticIds.NoInput, new SourceRef(spec.Type.MetadataName, -1), TypeName));
            NameResults(root);
            CheckEverythingIsRead();
        }
        catch (ShapeErrorException exception)
        {
            return (null, _rows, [.. _diagnostics, exception.Diagnostic]);
        }
        catch (ReportedElsewhereException)
        {
            return (null, _rows, _diagnostics);
        }

        var graph = new Graph(spec.Type.Name, Graph.Nodes, Graph.Parameters, _columns, _outputs, _losses, [], _stateUpdates, [], _layerOutputs, _standardize, _rescaled) { Parts = _parts };
        return (graph, _rows, _diagnostics);
    }

    public void MarkRead(Value value) => _read.Add(value);

    /// <summary>Path of the layer whose result <paramref name="value"/> is, or within which it is computed.</summary>
    public string LayerOf(Value value) => _makers.TryGetValue(value, out var maker) ? maker.Path : Graph.ProducerOf(value).Origin.Layer;

    /// <summary>Where the layer whose result <paramref name="value"/> is was written.</summary>
    public SourceRef? SourceOf(Value value) => _makers.TryGetValue(value, out var maker) ? maker.Source : null;

    public SpecDiagnostic Diagnostic(Scope scope, string id, SourceRef at, params string[] arguments) =>
        scope.Insertion is null
            ? new SpecDiagnostic(id, new(arguments), at, EquatableArray<SourceRef>.Empty)
            : new SpecDiagnostic(id, new(arguments), scope.Insertion, EquatableArray.Of(at), scope.Path.TrimEnd('/'));

    /// <summary>Adds a diagnostic, once for each place: a block that is repeated reports once.</summary>
    public void Report(SpecDiagnostic diagnostic)
    {
        if (!_diagnostics.Any(d => d.Id == diagnostic.Id && d.Location == diagnostic.Location && d.Additional.Equals(diagnostic.Additional)))
            _diagnostics.Add(diagnostic);
    }

    /// <summary>Makes another tensor current.</summary>
    public void SwitchTo(Value value) => Current = value;

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
        CheckPlace(scope, layer, rule);
        string path = PathOf(scope, layer, rule, layer.Kind);
        var context = new LayerContext(this, scope, layer, path);
        int nodesBefore = Graph.Nodes.Count, parametersBefore = Graph.Parameters.Count;
        Graph.Origin = new Origin(path, layer.Kind, Phase.Forward);
        Value? before = Current;
        bool wasRead = before is not null && _read.Contains(before);
        rule.Build(context);
        if (context.Output is not { } output)
        {
            if (rule is not Layers.ILossLayer && NameOf(scope, layer) is { } name) scope.Names[name] = (Current!, path);
            return;
        }

        if (Extents.TooLarge(output.Type.Shape)) throw context.Error(DiagnosticIds.TooLarge, layer.Source, $"{path} {LayerContext.Show(output)}", Extents.Product(output.Type.Shape).ToString(CultureInfo.InvariantCulture));

        // A layer that passes its input on has not read it: whoever comes next does.
        if (ReferenceEquals(output, before) && !wasRead) _read.Remove(output);
        PassMask(rule, context, output);
        Finish(scope, layer, path, output);
        if (NameOf(scope, layer) is { } owner) scope.Owners[owner] = (context.WeightPath, layer.Kind);
        AddRow(layer.Kind, path, context, nodesBefore, parametersBefore);
    }

    /// <summary>Makes a layer's result current and gives it its name.</summary>
    private void Finish(Scope scope, LayerSpec layer, string path, Value output)
    {
        Current = output;
        _makers[output] = (path, layer.Source, scope);
        if (!_layerOutputs.Any(other => ReferenceEquals(other.Value, output))) _layerOutputs.Add(new NamedValue(path, output));
        if (NameOf(scope, layer) is { } name) scope.Names[name] = (output, path);
    }

    /// <summary>Gives a part of a layer's result a name of its own.</summary>
    public void DeclarePart(LayerContext context, string name, SourceRef at, Value value)
    {
        Scope scope = context.Scope;
        if (name == InputName) throw context.Error(DiagnosticIds.Misplaced, at, $"The name \"{InputName}\"", "it is reserved for the input of a network that has only one");
        if (scope.Names.TryGetValue(name, out var taken)) throw context.Error(DiagnosticIds.DuplicateName, at, name, taken.Layer);
        string path = $"{context.Path}/{name}";
        scope.Names[name] = (value, path);
        _makers[value] = (path, context.Source, scope);
        _layerOutputs.Add(new NamedValue(path, value));
    }

    /// <summary>Inputs, outputs and losses belong to a network.</summary>
    private void CheckPlace(Scope scope, LayerSpec layer, Layer rule)
    {
        if (scope.Insertion is null) return;
        string? reason = rule switch
        {
            Layers.IInputLayer => "a block works on the tensor it is given",
            Layers.OutputLayer => "outputs belong to a network, not to a block",
            Layers.ILossLayer => "losses belong to a network, not to a block",
            _ => null,
        };
        if (reason is not null) throw new ShapeErrorException(Diagnostic(scope, DiagnosticIds.Misplaced, layer.Source, $"[{layer.Kind}]", reason));
    }

    /// <summary>The layer's path: its name, or kind and ordinal. Layers that own tensors or a row have one that no other has.</summary>
    private string PathOf(Scope scope, LayerSpec layer, Layer? rule, string kind)
    {
        string? name = NameOf(scope, layer);
        int ordinal = scope.NextOrdinal(kind);
        string own = name ?? (rule is Layers.IInputLayer ? InputName : kind + ordinal.ToString(CultureInfo.InvariantCulture));
        string path = scope.Path + own;

        // A loss's name is that of its column and report; DeclareLoss keeps losses apart.
        if (rule is Layers.ILossLayer) return path;
        if (name is not null && scope.Names.TryGetValue(name, out var taken)) throw DuplicateName(scope, layer, name, taken.Layer);
        if (rule is Layers.FromLayer or Layers.OutputLayer) return path;
        if (!scope.Paths.Add(path)) throw DuplicateName(scope, layer, own, "another layer");
        return path;
    }

    private ShapeErrorException DuplicateName(Scope scope, LayerSpec layer, string name, string other) =>
        new(Diagnostic(
            scope,
            DiagnosticIds.DuplicateName,
            layer.Arguments.Any(a => a.Parameter == "Name") ? layer.Source.At("Name") : layer.Source,
            name,
            other));

    /// <summary>The <c>Name</c> that was given, checked.</summary>
    private string? NameOf(Scope scope, LayerSpec layer)
    {
        var context = new LayerContext(this, scope, layer, scope.Path + layer.Kind);
        string? name = context.String("Name");
        if (name is null) return null;
        context.RequireIdentifier("Name", name);
        if (name == InputName && (!IsInput(layer) || InputCount > 1))
            throw context.Error(DiagnosticIds.Misplaced, layer.Source.At("Name"), $"The name \"{InputName}\"", "it is reserved for the input of a network that has only one");
        return name;
    }

    private void AddRow(string kind, string path, LayerContext context, int nodesBefore, int parametersBefore)
    {
        long flops = Graph.Nodes.Skip(nodesBefore).Sum(OpCosts.Flops);
        long parameters = 0, state = 0;
        foreach (ParameterInfo parameter in Graph.Parameters.Skip(parametersBefore))
        {
            if (parameter.Role == ParameterRole.State) state += parameter.Type.Elements;
            else parameters += parameter.Type.Elements;
        }

        _rows.Add(new LayerRow(path, kind, context.Detail, Current!.Type.Shape, parameters, state, flops));
    }

    private void CheckEverythingIsRead()
    {
        foreach (NamedValue layer in _layerOutputs)
        {
            if (_read.Contains(layer.Value)) continue;
            var maker = _makers[layer.Value];
            throw new ShapeErrorException(Diagnostic(maker.Scope, DiagnosticIds.UnreadTensor, maker.Source, maker.Path, LayerContext.Show(layer.Value)));
        }
    }
}
