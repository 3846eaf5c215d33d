using System.Globalization;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>What goes in and comes out: columns, outputs, losses, state.</summary>
internal sealed partial class NetworkBuilder
{
    private readonly List<NamedValue> _inputs = [];
    private readonly List<NamedValue> _columns = [];
    private readonly List<NamedValue> _outputs = [];
    private readonly List<LossValue> _losses = [];
    private readonly List<LayerContext> _lossLayers = [];
    private readonly List<ParameterValue> _stateUpdates = [];
    private readonly List<StandardizeValue> _standardize = [];
    private readonly List<string> _rescaled = [];

    private static bool IsInput(LayerSpec layer) => LayerCatalog.Find(layer.Kind) is Layers.IInputLayer;

    /// <summary>How many inputs the whole class has.</summary>
    private int InputCount { get; } = spec.Layers.Count(IsInput);

    /// <summary>The input of a class that has only one, once it is declared.</summary>
    public Value? SingleInput => InputCount == 1 && _inputs.Count == 1 ? _inputs[0].Value : null;

    /// <summary>A column of the data set.</summary>
    public Value Column(LayerContext context, string name, InputRole role, TensorType type)
    {
        if (_columns.Any(column => column.Name == name))
        {
            throw context.Error(
                DiagnosticIds.DuplicateName,
                context.Has("Name") ? context.Source.At("Name") : context.Source,
                name,
                "another column of the data set");
        }

        Value value = Graph.Add(name, new Op.Input(name, role, type));
        _columns.Add(new NamedValue(name, value));
        return value;
    }

    /// <summary>The vocabulary of each column of tokens.</summary>
    private readonly Dictionary<Value, int> _vocabularies = [];

    /// <summary>The vocabulary of the tokens that <paramref name="value"/> is, or <see langword="null"/>.</summary>
    public int? VocabularyOf(Value value) => _vocabularies.TryGetValue(value, out int vocabulary) ? vocabulary : null;

    /// <summary>A column of tokens; it becomes the current tensor.</summary>
    public Value DeclareTokens(LayerContext context, string? name, int length, int vocabulary)
    {
        Value value = DeclareInput(context, name, [length], DType.I32);
        _vocabularies[value] = vocabulary;
        return value;
    }

    public Value DeclareInput(LayerContext context, string? name, int[] shape, DType type = DType.F32)
    {
        if (name is null && InputCount > 1)
            throw context.Error(DiagnosticIds.Misplaced, context.Source, $"[{context.Spec.Kind}] without a Name", $"the network has {InputCount} inputs, and each needs one");
        if (Extents.TooLarge(shape)) throw context.Error(DiagnosticIds.TooLarge, context.Source.At("shape"), context.Path, Extents.Product(shape).ToString(CultureInfo.InvariantCulture));
        Value value = Column(context, name ?? InputName, InputRole.Feature, new TensorType(type, new(shape), true));
        _inputs.Add(new NamedValue(name ?? InputName, value));
        return value;
    }

    public void DeclareOutput(LayerContext context, string name, Value value)
    {
        context.RequireIdentifier("name", name);
        if (_outputs.Any(output => output.Name == name)) throw context.Error(DiagnosticIds.DuplicateName, context.Source.At("name"), name, "another output");
        _outputs.Add(new NamedValue(name, value));
    }

    public void DeclareLoss(LayerContext context, LossValue loss)
    {
        if (_losses.Any(other => other.Name == loss.Name)) throw context.Error(DiagnosticIds.DuplicateName, context.Source.At("Name"), loss.Name, "another loss");
        _losses.Add(loss);
        _lossLayers.Add(context);
    }

    public void UpdateState(Value parameter, Value next)
    {
        var op = (Op.Parameter)Graph.ProducerOf(parameter).Op;
        _stateUpdates.Add(new ParameterValue(op.Index, next));
    }

    /// <summary>The column that <paramref name="value"/> is, or <see langword="null"/> where it is computed.</summary>
    public string? ColumnOf(Value value) => _inputs.FirstOrDefault(input => ReferenceEquals(input.Value, value))?.Name;

    /// <summary>Notes that the network itself brings an input's values to a small range.</summary>
    public void MarkRescaled(string column)
    {
        if (!_rescaled.Contains(column)) _rescaled.Add(column);
    }

    public void DeclareStandardize(StandardizeValue standardize) => _standardize.Add(standardize);

    /// <summary>
    /// With neither output nor loss the last tensor is the output. A loss's tensor is an output too: <c>output</c> where
    /// all losses are on one tensor, else named after the loss.
    /// </summary>
    private void NameResults(Scope root)
    {
        if (_losses.Count == 0 && _outputs.Count == 0)
        {
            _outputs.Add(new NamedValue("output", Current!));
            MarkRead(Current!);
            return;
        }

        // Dropout and the like make two tensors in training of what is one in prediction: what is an output goes by training.
        if (trained is not null)
        {
            foreach (NamedValue output in trained.Outputs.Skip(_outputs.Count))
            {
                int loss = trained.Losses.ToList().FindIndex(l => ReferenceEquals(l.Raw, output.Value));
                _outputs.Add(new NamedValue(output.Name, _losses[loss].Raw));
            }

            return;
        }

        bool single = _losses.Select(loss => loss.Raw).Distinct().Count() == 1;
        for (int i = 0; i < _losses.Count; i++)
        {
            LossValue loss = _losses[i];
            if (_outputs.Any(output => ReferenceEquals(output.Value, loss.Raw) || ReferenceEquals(output.Value, loss.Prediction))) continue;
            string name = single && _outputs.All(output => output.Name != "output") ? "output" : loss.Name;
            if (_outputs.Any(output => output.Name == name)) throw DuplicateName(root, _lossLayers[i].Spec, name, "an output");
            _outputs.Add(new NamedValue(name, loss.Raw));
        }
    }
}
