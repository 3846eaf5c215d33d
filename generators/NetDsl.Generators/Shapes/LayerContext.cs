using System.Globalization;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>What a layer sees while it is built: its arguments, the current tensor, and where to add nodes.</summary>
internal sealed partial class LayerContext(NetworkBuilder network, Scope scope, LayerSpec spec, string path)
{
    private readonly List<string> _details = [];
    private Value? _output;

    /// <summary>Where the layer's nodes go.</summary>
    public GraphBuilder Graph => network.Graph;

    /// <summary>The training graph is being built; else the inference graph.</summary>
    public bool Training => network.Training;

    /// <summary>Path of this layer: <c>stage/2/Conv2D1</c>.</summary>
    public string Path => path;

    public LayerSpec Spec => spec;

    public Scope Scope => scope;

    /// <summary>The attribute itself, for diagnostics.</summary>
    public SourceRef Source => spec.Source;

    /// <summary>What the hover shows besides kind and shape.</summary>
    public string Detail => string.Join(", ", _details);

    /// <summary>The current tensor. Reading it marks it as read.</summary>
    /// <exception cref="ShapeErrorException">There is no current tensor.</exception>
    public Value Input
    {
        get
        {
            if (network.Current is null) throw Error(DiagnosticIds.NoInput, Source, network.TypeName);
            network.MarkRead(network.Current);
            return network.Current;
        }
    }

    /// <summary>The layer's result: the new current tensor, named after the layer. A layer that sets none passes the current tensor on.</summary>
    public Value? Output
    {
        get => _output;
        set => _output = value;
    }

    /// <summary>Adds an effective value to the hover's row.</summary>
    public void Describe(string detail) => _details.Add(detail);

    /// <summary>The tensor that an argument names.</summary>
    /// <param name="name">The name that was given.</param>
    /// <param name="at">The argument, for the diagnostic.</param>
    public Value Resolve(string name, SourceRef at)
    {
        if (name == "input" && !scope.Names.ContainsKey(name) && scope.Insertion is null && network.SingleInput is { } input)
        {
            network.MarkRead(input);
            return input;
        }

        if (scope.Names.TryGetValue(name, out var found))
        {
            network.MarkRead(found.Value);
            return found.Value;
        }

        string? candidate = NearestName.Find(name, scope.Names.Keys);
        string nearest = candidate is not null
            ? $"; did you mean \"{candidate}\"?"
            : scope.Names.Count == 0 ? "; no layer before it has a Name" : $"; there {(scope.Names.Count == 1 ? "is" : "are")} {string.Join(", ", scope.Names.Keys.OrderBy(n => n, StringComparer.Ordinal).Select(n => $"\"{n}\""))}";
        throw Error(DiagnosticIds.UnknownName, at, name, nearest, candidate ?? "");
    }

    /// <summary>How messages call the layer that produced <paramref name="value"/>: <c>Conv2D1</c>.</summary>
    public string NameOf(Value value) => network.LayerOf(value);

    /// <summary>How messages write a shape: <c>(28, 28, 1)</c>.</summary>
    public static string Show(Value value) => Show(value.Type.Shape);

    /// <inheritdoc cref="Show(Value)"/>
    public static string Show(IEnumerable<int> shape) =>
        "(" + string.Join(", ", shape.Select(n => n.ToString(CultureInfo.InvariantCulture))) + ")";

    /// <summary>Declares a tensor of this layer and gives its value.</summary>
    /// <param name="name">Its name within the layer: <c>weight</c>, <c>bias</c>.</param>
    public Value Parameter(string name, int[] shape, ParameterRole role, string initializer, int fanIn, int fanOut)
    {
        if (role == ParameterRole.Trainable && !Bool("Trainable", true)) role = ParameterRole.Frozen;
        long elements = 1;
        foreach (int extent in shape) elements *= extent;
        if (elements > int.MaxValue / 8) throw Error(DiagnosticIds.TooLarge, Source, $"{Path}/{name}", elements.ToString(CultureInfo.InvariantCulture));
        return Graph.Parameter(new ParameterInfo($"{Path}/{name}", new(shape), role, initializer, fanIn, fanOut));
    }

    /// <summary>A key for random numbers that depends on the layer's path alone (FNV-1a), so that adding a layer elsewhere changes no mask.</summary>
    public uint RandomStream => StableHash.Fnv1a(Path);

    /// <summary>Declares a column of the data set.</summary>
    public Value Column(string name, InputRole role, TensorType type) => network.Column(name, role, type);

    /// <summary>Declares an input; it becomes the current tensor.</summary>
    public Value DeclareInput(string? name, int[] shape) => network.DeclareInput(this, name, shape);

    /// <summary>Makes another tensor current.</summary>
    public void SwitchTo(Value value) => network.SwitchTo(this, value);

    /// <summary>Exposes a tensor as an output of the network.</summary>
    public void DeclareOutput(string name, Value value) => network.DeclareOutput(this, name, value);

    /// <summary>Adds a loss.</summary>
    public void DeclareLoss(LossValue loss) => network.DeclareLoss(this, loss);

    /// <summary>The next state of a state tensor; the training graph only.</summary>
    public void UpdateState(Value parameter, Value next) => network.UpdateState(parameter, next);

    /// <summary>The column that <paramref name="value"/> is, or <see langword="null"/> where it is computed.</summary>
    public string? ColumnOf(Value value) => network.ColumnOf(value);

    /// <summary>Notes that the network itself brings an input's values to a small range, so that 0 to 255 is fine.</summary>
    public void MarkRescaled(string column) => network.MarkRescaled(column);

    /// <summary>Notes statistics that the first <c>Fit</c> learns.</summary>
    public void DeclareStandardize(StandardizeValue standardize) => network.DeclareStandardize(standardize);

    /// <summary>Index of a parameter that <see cref="Parameter"/> gave.</summary>
    public int IndexOf(Value parameter) => ((Op.Parameter)Graph.ProducerOf(parameter).Op).Index;

    /// <summary>An error at one place of this layer; inside a block it is reported on the network's attribute that inserts it.</summary>
    public ShapeErrorException Error(string id, SourceRef at, params string[] arguments) =>
        new(network.Diagnostic(scope, id, at, arguments));

    /// <summary>A warning; building goes on.</summary>
    public void Warn(string id, SourceRef at, params string[] arguments) =>
        network.Report(network.Diagnostic(scope, id, at, arguments));
}
