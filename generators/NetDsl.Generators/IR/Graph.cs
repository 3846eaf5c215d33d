using NetDsl.Generators.Model;

namespace NetDsl.Generators.IR;

/// <summary>
/// A computation: nodes in an order in which they can run, and what goes in and comes out by name.
/// Immutable; passes make new ones.
/// </summary>
internal sealed record Graph(
    string Name,
    IReadOnlyList<Node> Nodes,
    IReadOnlyList<ParameterInfo> Parameters,
    IReadOnlyList<NamedValue> Inputs,
    IReadOnlyList<NamedValue> Outputs,
    IReadOnlyList<LossValue> Losses,
    IReadOnlyList<ParameterValue> Gradients,
    IReadOnlyList<ParameterValue> StateUpdates,
    IReadOnlyList<NamedValue> InputGradients,
    IReadOnlyList<NamedValue> LayerOutputs,
    IReadOnlyList<StandardizeValue> Standardize,
    IReadOnlyList<string> Rescaled)
{
    /// <summary>The networks in this one.</summary>
    public IReadOnlyList<NetworkPart> Parts { get; init; } = [];

    /// <summary>Values that must be in memory when the graph has run, or have a fixed place.</summary>
    public IEnumerable<Value> Results =>
        Outputs.Select(o => o.Value)
            .Concat(Losses.Select(l => l.PerSample))
            .Concat(Gradients.Select(g => g.Value))
            .Concat(StateUpdates.Select(s => s.Value))
            .Concat(InputGradients.Select(g => g.Value));

    public Node? ProducerOf(Value value) => Nodes.FirstOrDefault(n => n.Outputs.Contains(value));
}

/// <summary>An input or output of a graph, or the output of a layer (by the layer's path).</summary>
internal sealed record NamedValue(string Name, Value Value);

/// <summary>A value that belongs to a parameter: its gradient, or the new content of a state tensor.</summary>
internal sealed record ParameterValue(int Parameter, Value Value);

/// <summary>A loss of a graph.</summary>
/// <param name="Name">As declared, or the kind and ordinal.</param>
/// <param name="Kind">Member of the runtime's <c>LossKind</c>: what a report can say about it.</param>
/// <param name="PerSample">The loss of each sample (a batched scalar), unweighted.</param>
/// <param name="Weight">Its factor in the total that is minimised.</param>
/// <param name="Raw">The tensor the loss was declared on, which <c>Forward</c> gives.</param>
/// <param name="Prediction">The tensor that <c>Predict</c> gives for it: probabilities for a classification.</param>
/// <param name="Target">Name of the target column, or <c>null</c> where the target is a tensor of the graph.</param>
/// <param name="ClassNames">Names for the report; empty where there are none.</param>
internal sealed record LossValue(
    string Name,
    string Kind,
    Value PerSample,
    double Weight,
    Value Raw,
    Value Prediction,
    string? Target,
    EquatableArray<string> ClassNames)
{
    /// <summary>The tokens at whose places the loss and its report count nothing.</summary>
    public EquatableArray<PaddingValue> Padding { get; init; } = EquatableArray<PaddingValue>.Empty;
}

/// <summary>A token of padding: place t of a sequence is padding where the column has the token at <paramref name="Offset"/> + t.</summary>
internal sealed record PaddingValue(string Column, int Token, int Offset);

/// <summary>A tensor of the parameter arena.</summary>
/// <param name="Path">Its name in files: <c>Dense1/weight</c>.</param>
/// <param name="Role">Whether and how it changes.</param>
/// <param name="Initializer">Name of a member of the <c>Initializer</c> enum.</param>
/// <param name="FanIn">Inputs that one output sums over; for the variance of the initial values.</param>
/// <param name="FanOut">Outputs that one input reaches.</param>
internal sealed record ParameterInfo(
    string Path,
    EquatableArray<int> Shape,
    ParameterRole Role,
    string Initializer,
    int FanIn,
    int FanOut)
{
    /// <summary>The elements' first value where the initializer is <c>Constant</c>.</summary>
    public double Value { get; init; }

    /// <summary>The networks within this one that it is a tensor of, from the outermost to the innermost.</summary>
    public EquatableArray<PartRole> Within { get; init; } = EquatableArray<PartRole>.Empty;

    /// <summary>Factor of the sum of its elements' magnitudes in what training minimises.</summary>
    public double L1 { get; init; }

    /// <summary>Factor of the sum of its elements' squares in what training minimises.</summary>
    public double L2 { get; init; }

    /// <summary>The most that the weights of one unit may have as their norm; 0 for no limit.</summary>
    public double MaxNorm { get; init; }

    /// <summary>The axes along which units differ.</summary>
    public UnitAxes Units { get; init; } = new(0, 0);

    public TensorType Type => new(DType.F32, Shape, false);
}

/// <summary>Neighbouring axes of a tensor, along which units (outputs, tokens) differ.</summary>
internal sealed record UnitAxes(int First, int Count);

/// <summary>What a tensor is to a network within this one, which may train what this one does not.</summary>
/// <param name="Part">Index of the network.</param>
/// <param name="Role">Whether and how it changes there.</param>
internal sealed record PartRole(int Part, ParameterRole Role);

/// <summary>A network that was inserted into another: its tensors are one piece of the other's arena, laid out as its own arena is.</summary>
/// <param name="Index">Among all networks in the other, however deep.</param>
/// <param name="Name">Name of the member that gives it.</param>
/// <param name="Type">The class.</param>
internal sealed record NetworkPart(int Index, string Name, TypeSpec Type);

/// <summary>How a tensor of the parameter arena changes.</summary>
internal enum ParameterRole
{
    /// <summary>By the optimizer.</summary>
    Trainable,

    /// <summary>Not at all.</summary>
    Frozen,

    /// <summary>By the forward pass of training (running statistics): saved, never optimised.</summary>
    State,
}

/// <summary>A layer or loss whose mean and deviation are learned from a column of the data set by the first <c>Fit</c>.</summary>
/// <param name="Input">The column, of an input or a target.</param>
/// <param name="Scale">The rescaling between the column and the layer: x * scale + offset.</param>
/// <param name="Offset">See <paramref name="Scale"/>.</param>
/// <param name="Mean">Parameter (state) of the means, one per element of the last axis.</param>
/// <param name="Deviation">Parameter (state) of the standard deviations.</param>
/// <param name="Fitted">Parameter (state) of one element: 1 once they were learned.</param>
internal sealed record StandardizeValue(string Input, double Scale, double Offset, int Mean, int Deviation, int Fitted);
