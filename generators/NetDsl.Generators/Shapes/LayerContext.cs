using System.Globalization;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>What a layer sees while it is built: its arguments, the current tensor, and where to add nodes.</summary>
/// <param name="network">The network.</param>
/// <param name="scope">What it is declared in.</param>
/// <param name="spec">The attribute.</param>
/// <param name="path">See <see cref="Path"/>.</param>
/// <param name="repetition">The part of the path that tells the repetitions of a block apart.</param>
internal sealed partial class LayerContext(NetworkBuilder network, Scope scope, LayerSpec spec, string path, string repetition = "")
{
    private readonly List<string> _details = [];
    private readonly List<Value> _read = [];
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

    /// <summary>The optimizer works on the layer's tensors: neither the layer nor a block or network around it says <c>Trainable = false</c>.</summary>
    public bool Trainable => TrainableAlone && scope.Network?.IsTrainable != false;

    /// <summary>The same for the network that the layer was declared in, whatever is around that.</summary>
    public bool TrainableAlone => Bool("Trainable", true) && scope.Trainable;

    /// <summary>The layer or block that <c>WeightsOf</c> names; <see langword="null"/> where it is absent.</summary>
    /// <exception cref="ShapeErrorException">There is none of this name further up in the class.</exception>
    public (string Path, string Kind)? WeightsOwner
    {
        get
        {
            if (String("WeightsOf") is not { } name) return null;
            return scope.Owners.TryGetValue(name, out var owner) ? owner : throw UnknownName(name, Source.At("WeightsOf"), scope.Owners.Keys);
        }
    }

    /// <summary>What the names of the layer's tensors begin with: its path, or that of the layer whose weights it shares.</summary>
    public string WeightPath => WeightsOwner is { } owner ? owner.Path + repetition : OwnWeightPath;

    /// <summary>The same without regard to <c>WeightsOf</c> on this layer itself.</summary>
    private string OwnWeightPath => scope.WeightPath + path.Substring(scope.Path.Length);

    /// <summary>What the hover shows besides kind and shape.</summary>
    public string Detail => string.Join(", ", _details);

    /// <summary>The current tensor. Reading it marks it as read.</summary>
    /// <exception cref="ShapeErrorException">There is no current tensor.</exception>
    public Value Input
    {
        get
        {
            if (network.Current is null) throw Error(DiagnosticIds.NoInput, Source, network.TypeName);
            NoteRead(network.Current);
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
    /// <param name="read">The layer reads it; else it only makes it current, and whoever comes next reads it.</param>
    public Value Resolve(string name, SourceRef at, bool read = true)
    {
        Value? value = scope.Names.TryGetValue(name, out var found) ? found.Value
            : name == NetworkBuilder.InputName && scope.Insertion is null ? network.SingleInput
            : null;
        if (value is null) throw UnknownName(name, at, scope.Names.Keys);
        if (read) NoteRead(value);
        return value;
    }

    /// <summary>What the layer has read so far.</summary>
    public IReadOnlyList<Value> Read => _read;

    /// <summary>The mask of <paramref name="value"/>, or <see langword="null"/> where there is something at every place.</summary>
    public Mask? MaskOf(Value value) => network.MaskOf(value);

    /// <summary>Says what mask a tensor has; <see langword="null"/>: none.</summary>
    public void SetMask(Value value, Mask? mask) => network.SetMask(value, mask);

    /// <summary>Gives a tensor the mask that is common to all that was read.</summary>
    public void PassMask(Value value) => network.SetMask(value, network.CommonMask(Path, _read));

    /// <summary>Warns where something that was read has padding, which the layer does not tell from data.</summary>
    public void WarnOfDroppedMask()
    {
        if (_read.Find(value => network.MaskOf(value) is not null) is { } masked) Warn(DiagnosticIds.MaskDropped, Source, Path, NameOf(masked), Show(masked));
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
    /// <param name="shape">Extents.</param>
    /// <param name="role">Whether and how it changes.</param>
    /// <param name="initializer">Name of a member of the <c>Initializer</c> enum.</param>
    /// <param name="fanIn">Inputs that one output sums over.</param>
    /// <param name="fanOut">Outputs that one input reaches.</param>
    /// <param name="value">The first value where <paramref name="initializer"/> is <c>Constant</c>.</param>
    /// <param name="own">Whether it is the layer's own even under <c>WeightsOf</c>.</param>
    /// <param name="units">The axes along which units differ, for <c>MaxNorm</c>; <see langword="null"/>: the last.</param>
    public Value Parameter(string name, int[] shape, ParameterRole role, string initializer, int fanIn, int fanOut, double value = 0, bool own = false, UnitAxes? units = null)
    {
        if (role == ParameterRole.Trainable && !TrainableAlone) role = ParameterRole.Frozen;
        string owner = own ? OwnWeightPath : WeightPath;
        if (owner == Path)
        {
            if (Extents.TooLarge(shape)) throw Error(DiagnosticIds.TooLarge, Source, $"{Path}/{name}", Extents.Product(shape).ToString(CultureInfo.InvariantCulture));
            (role, EquatableArray<PartRole> within) = NetworkUse.RolesOf(scope.Network, role);
            (double l1, double l2, double norm) = IsKernel(name) ? (Limit("L1"), Limit("L2"), Limit("MaxNorm")) : (0, 0, 0);
            return Graph.Parameter(new ParameterInfo($"{Path}/{name}", new(shape), role, initializer, fanIn, fanOut) { Value = value, L1 = l1, L2 = l2, MaxNorm = norm, Units = units ?? new UnitAxes(shape.Length - 1, 1), Within = within });
        }

        // Shared: declared by the layer that owns it, and so is what keeps it small.
        foreach (string limit in (string[])["L1", "L2", "MaxNorm"])
            if (Has(limit)) throw OutOfRange(limit, "absent with WeightsOf: the layer that owns the weights says it", Double(limit));
        ParameterInfo? shared = Graph.Parameters.FirstOrDefault(parameter => parameter.Path == $"{owner}/{name}");
        if (shared is null) throw OutOfRange("WeightsOf", $"a layer with a {name} of {Show(shape)}", $"{owner}, which has none");
        if (!shared.Shape.SequenceEqual(shape)) throw OutOfRange("WeightsOf", $"a layer whose {name} is {Show(shape)}", $"{owner}, whose is {Show(shared.Shape)}");
        return Graph.Parameter(shared);
    }

    /// <summary>A key for random numbers that depends on the layer's path alone (FNV-1a), so that adding a layer elsewhere changes no mask.</summary>
    public uint RandomStream => StableHash.Fnv1a(Path);

    /// <summary>Declares a column of the data set.</summary>
    public Value Column(string name, InputRole role, TensorType type) => network.Column(this, name, role, type);

    /// <summary>Declares an input; it becomes the current tensor.</summary>
    public Value DeclareInput(string? name, int[] shape) => network.DeclareInput(this, name, shape);

    /// <summary>Declares an input of tokens; it becomes the current tensor.</summary>
    public Value DeclareTokens(string? name, int length, int vocabulary) => network.DeclareTokens(this, name, length, vocabulary);

    /// <summary>The vocabulary of the tokens that <paramref name="value"/> is, or <see langword="null"/> where it is no column of tokens.</summary>
    public int? VocabularyOf(Value value) => network.VocabularyOf(value);

    /// <summary>Makes another tensor current.</summary>
    public void SwitchTo(Value value) => network.SwitchTo(value);

    /// <summary>Gives a part of the layer's result a name of its own, which is element <paramref name="index"/> of the argument <c>names</c>.</summary>
    public void DeclarePart(string name, int index, Value value)
    {
        RequireIdentifier("names", name);
        network.DeclarePart(this, name, Source.At("names", index), value);
    }

    /// <summary>Exposes a tensor as an output of the network.</summary>
    public void DeclareOutput(string name, Value value) => network.DeclareOutput(this, name, value);

    /// <summary>Adds a loss.</summary>
    public void DeclareLoss(LossValue loss) => network.DeclareLoss(this, loss);

    /// <summary>The next state of a state tensor; the training graph only.</summary>
    /// <exception cref="ShapeErrorException">The tensor is another layer's: two layers would each move it.</exception>
    public void UpdateState(Value parameter, Value next)
    {
        if (WeightPath != Path) throw OutOfRange("WeightsOf", "absent around running statistics, which only one layer can move", WeightPath);
        network.UpdateState(parameter, next);
    }

    /// <summary>The column that <paramref name="value"/> is, or <see langword="null"/> where it is computed.</summary>
    public string? ColumnOf(Value value) => network.ColumnOf(value);

    /// <summary>The name of the column of targets that <paramref name="value"/> is.</summary>
    public string ColumnName(Value value) => ((Op.Input)Graph.ProducerOf(value).Op).Column;

    /// <summary>Notes that the network itself brings an input's values to a small range, so that 0 to 255 is fine.</summary>
    public void MarkRescaled(string column) => network.MarkRescaled(column);

    /// <summary>Notes statistics that the first <c>Fit</c> learns.</summary>
    public void DeclareStandardize(StandardizeValue standardize) => network.DeclareStandardize(standardize);

    /// <summary>Index of a parameter that <see cref="Parameter"/> gave.</summary>
    public int IndexOf(Value parameter) => ((Op.Parameter)Graph.ProducerOf(parameter).Op).Index;

    /// <summary>An error at one place of this layer; inside a block it is reported on the network's attribute that inserts it.</summary>
    public ShapeErrorException Error(string id, SourceRef at, params string[] arguments) =>
        new(network.Diagnostic(scope, id, at, arguments));

    /// <summary>An error about a tensor of another layer, which becomes an additional location.</summary>
    public ShapeErrorException ErrorAbout(Value related, string id, SourceRef at, params string[] arguments)
    {
        SpecDiagnostic diagnostic = network.Diagnostic(scope, id, at, arguments);
        return new(network.SourceOf(related) is { } source && !diagnostic.Additional.Contains(source)
            ? diagnostic with { Additional = new([.. diagnostic.Additional, source]) }
            : diagnostic);
    }

    /// <summary>The error of a layer that does not work on tensors of the current one's rank.</summary>
    /// <param name="expected">What it works on: <c>an image (height, width, channels)</c>.</param>
    public ShapeErrorException WrongRank(Value x, string expected) =>
        ErrorAbout(x, DiagnosticIds.WrongRank, Source, Path, expected, NameOf(x), Show(x));

    /// <summary>A warning; building goes on.</summary>
    public void Warn(string id, SourceRef at, params string[] arguments) =>
        network.Report(network.Diagnostic(scope, id, at, arguments));

    /// <summary>Whether a tensor is what L1, L2 and MaxNorm are about: what inputs are multiplied by, and not a bias or the weights of a recurrence.</summary>
    private static bool IsKernel(string name) => name.Split('/') is var parts && parts[parts.Length - 1] is "weight" or "depthwise" or "pointwise";

    private double Limit(string parameter)
    {
        double factor = Double(parameter);
        return factor >= 0 ? factor : throw OutOfRange(parameter, "0 or more", factor);
    }

    private void NoteRead(Value value)
    {
        network.MarkRead(value);
        if (!_read.Contains(value)) _read.Add(value);
    }

    private ShapeErrorException UnknownName(string name, SourceRef at, IEnumerable<string> names)
    {
        List<string> known = [.. names];
        if (ReferenceEquals(names, scope.Names.Keys) && scope.Insertion is null && network.SingleInput is not null) known.Add(NetworkBuilder.InputName);
        known.Sort(StringComparer.Ordinal);
        string? candidate = NearestName.Find(name, known);
        string hint = candidate is not null ? $"; did you mean \"{candidate}\"?"
            : known.Count == 0 ? "; no layer before it has a Name"
            : $"; there {(known.Count == 1 ? "is" : "are")} {string.Join(", ", known.Select(n => $"\"{n}\""))}";
        return Error(DiagnosticIds.UnknownName, at, name, hint, candidate ?? "");
    }
}
