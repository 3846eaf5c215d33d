namespace NetDsl.Networks;

/// <summary>What the compiler knows of a network: a generated constant.</summary>
public sealed record NetworkInfo
{
    /// <summary>The class's name.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 (hexadecimal) over what decides names, order and shapes of the tensors and nothing else: the file format's key.</summary>
    public required string StructuralHash { get; init; }

    /// <summary>Columns of features, in order of declaration.</summary>
    public required ColumnInfo[] Inputs { get; init; }

    /// <summary>Columns of targets, one for each loss that names no tensor of the graph, in order of declaration.</summary>
    public required ColumnInfo[] Targets { get; init; }

    /// <summary>Results.</summary>
    public required OutputInfo[] Outputs { get; init; }

    /// <summary>Losses in order of declaration.</summary>
    public required LossInfo[] Losses { get; init; }

    /// <summary>Every tensor of the parameter arena: the trainable ones first, then frozen ones, then state; those of a network in this one as one piece.</summary>
    public required ParameterTensor[] Parameters { get; init; }

    /// <summary>Floats of the parameter arena; offsets are multiples of 16 and gaps stay zero.</summary>
    public required int ParameterFloats { get; init; }

    /// <summary>Floats of its leading part that the optimizer works on; also the size of the gradient arena.</summary>
    public required int TrainableFloats { get; init; }

    /// <summary>The table of layers.</summary>
    public required LayerInfo[] Layers { get; init; }

    /// <summary>Layers of <c>[Standardize]</c>, and losses of standardized targets, whose statistics the first <c>Fit</c> learns.</summary>
    public StandardizeInfo[] Standardize { get; init; } = [];

    /// <summary>Elements of all trainable and frozen tensors.</summary>
    public long ParameterCount => Parameters.Where(p => p.Role != ParameterRole.State).Sum(p => (long)p.Elements);
}

/// <summary>A column of the data set that the network reads.</summary>
/// <param name="Name">Name of the input or loss.</param>
/// <param name="Shape">Shape per sample; empty for one number.</param>
/// <param name="Kind">Numbers or class labels.</param>
/// <param name="Classes">Number of classes of a column of labels; else 0.</param>
/// <param name="Rescaled">The network rescales or standardizes this input, so it may span 0 to 255.</param>
public sealed record ColumnInfo(string Name, int[] Shape, ColumnKind Kind, int Classes = 0, bool Rescaled = false)
{
    /// <summary>The label of what does not count, besides 0 to classes - 1; <see langword="null"/> where all do.</summary>
    public int? Ignored { get; init; }

    /// <summary>Elements per sample.</summary>
    public int Elements { get; } = Shape.Aggregate(1, (product, extent) => product * extent);
}

/// <summary>What a column holds.</summary>
public enum ColumnKind
{
    /// <summary>Numbers, computed with as 32-bit floats.</summary>
    Numbers,

    /// <summary>Class labels, 0 to classes - 1, as 32-bit integers.</summary>
    Labels,
}

/// <summary>A result of the network.</summary>
/// <param name="Name">Name of the <c>[Output]</c>, or <c>output</c>.</param>
/// <param name="Shape">Shape per sample.</param>
/// <param name="Entry">Index in <c>OutputEntries</c>; -1 where it was not declared by <c>[Output]</c>.</param>
public sealed record OutputInfo(string Name, int[] Shape, int Entry = -1)
{
    /// <summary>Elements per sample.</summary>
    public int Elements { get; } = Shape.Aggregate(1, (product, extent) => product * extent);
}

/// <summary>A loss of the network.</summary>
/// <param name="Name">Its <c>Name</c>, or kind and ordinal.</param>
/// <param name="Kind">Which loss.</param>
/// <param name="Weight">Its factor in the total.</param>
/// <param name="Output">Index of its tensor in <see cref="NetworkInfo.Outputs"/>.</param>
/// <param name="Target">Index in <see cref="NetworkInfo.Targets"/>; -1 where the target is a tensor of the graph.</param>
/// <param name="ClassNames">Names of the classes, or empty.</param>
public sealed record LossInfo(string Name, LossKind Kind, double Weight, int Output, int Target, string[] ClassNames)
{
    /// <summary>The tokens at whose places nothing counts; empty where every place does.</summary>
    public PaddingInfo[] Padding { get; init; } = [];
}

/// <summary>A token of padding: place t of a sequence is padding where the input has the token at <paramref name="Offset"/> + t.</summary>
/// <param name="Input">Index in <see cref="NetworkInfo.Inputs"/>.</param>
/// <param name="Token">The token.</param>
/// <param name="Offset">The input's place that is the sequence's first.</param>
public sealed record PaddingInfo(int Input, int Token, int Offset);

/// <summary>Kinds of losses, by what a report can say about them.</summary>
public enum LossKind
{
    /// <summary>Classes along the last axis, an integer label.</summary>
    CrossEntropy,

    /// <summary>Independent probabilities, targets 0 to 1.</summary>
    BinaryCrossEntropy,

    /// <summary>Numbers, by their squared error.</summary>
    MeanSquaredError,

    /// <summary>Numbers, by another measure of their error.</summary>
    Regression,

    /// <summary>None of these: of such a loss there is its mean alone.</summary>
    Other,
}

/// <summary>A tensor of the parameter arena.</summary>
/// <param name="Path">Its name in files: <c>Dense1/weight</c>.</param>
/// <param name="Shape">Extents.</param>
/// <param name="Offset">First float in the arena.</param>
/// <param name="Role">Whether and how it changes.</param>
/// <param name="Initializer">How it starts.</param>
/// <param name="FanIn">Inputs that one output sums over.</param>
/// <param name="FanOut">Outputs that one input reaches.</param>
public sealed record ParameterTensor(string Path, int[] Shape, int Offset, ParameterRole Role, Initializer Initializer, int FanIn, int FanOut)
{
    /// <summary>Its elements' first value under <see cref="Initializer.Constant"/>.</summary>
    public float Value { get; init; }

    /// <summary>What the norm of each unit's weights is kept within; <see langword="null"/> for no limit.</summary>
    public NormLimit? Norm { get; init; }

    /// <summary>Number of elements.</summary>
    public int Elements { get; } = Shape.Aggregate(1, (product, extent) => product * extent);
}

/// <summary>The norm that the weights of each unit of a tensor are kept within.</summary>
/// <param name="Most">The most that it may be.</param>
/// <param name="Units">Units: outputs, or tokens.</param>
/// <param name="Neighbours">Weights of one unit that lie side by side; so many of every unit in turn, and again, to the end of the tensor.</param>
public sealed record NormLimit(float Most, int Units, int Neighbours);

/// <summary>How a tensor of the parameter arena changes.</summary>
public enum ParameterRole
{
    /// <summary>By the optimizer.</summary>
    Trainable,

    /// <summary>Not at all.</summary>
    Frozen,

    /// <summary>By the forward pass of training (running statistics): saved, never optimised.</summary>
    State,
}

/// <summary>One row of the table of layers.</summary>
/// <param name="Path">Path of the layer.</param>
/// <param name="Kind">The attribute.</param>
/// <param name="Detail">Effective values worth showing.</param>
/// <param name="Output">Shape of its result, per sample.</param>
/// <param name="Parameters">Elements of its trainable and frozen tensors.</param>
/// <param name="Flops">Floating-point operations of its forward pass per sample.</param>
public sealed record LayerInfo(string Path, string Kind, string Detail, int[] Output, long Parameters, long Flops);

/// <summary>A layer or loss whose mean and deviation are learned from the data.</summary>
/// <param name="Input">Index in <see cref="NetworkInfo.Inputs"/> of the column it works on, or in <see cref="NetworkInfo.Targets"/> under <see cref="OfTarget"/>.</param>
/// <param name="Scale">The rescaling before it: x * scale + offset.</param>
/// <param name="Offset">See <paramref name="Scale"/>.</param>
/// <param name="Mean">Index in <see cref="NetworkInfo.Parameters"/> of the mean, one number per element of the last axis.</param>
/// <param name="Deviation">Index of the deviation.</param>
/// <param name="Fitted">Index of a state tensor of one element: 1 once learned.</param>
public sealed record StandardizeInfo(int Input, double Scale, double Offset, int Mean, int Deviation, int Fitted)
{
    /// <summary>The column is one of targets.</summary>
    public bool OfTarget { get; init; }
}
