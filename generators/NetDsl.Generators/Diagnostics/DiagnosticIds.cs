namespace NetDsl.Generators.Diagnostics;

/// <summary>
/// The rules' numbers, never reused. Each has a descriptor (<c>Descriptors</c>), a page under docs/diagnostics, a row in
/// AnalyzerReleases, a failing test and a twin that must not warn.
/// </summary>
internal static class DiagnosticIds
{
    // Structure of the declaration.

    /// <summary>{0} must be partial, {1} (a reason).</summary>
    public const string NotPartial = "NDSL0001";

    /// <summary>{0} (layer attributes or constants) stand on several declarations of {1}; their order is undefined.</summary>
    public const string SeveralDeclarations = "NDSL0002";

    /// <summary>{0}: the first layer must be [Input].</summary>
    public const string NoInput = "NDSL0003";

    /// <summary>No tensor before this is named "{0}"{1} (a suffix with the nearest name, from <c>LayerContext.Resolve</c>; {2} is that name alone, for the fix).</summary>
    public const string UnknownName = "NDSL0004";

    /// <summary>The name "{0}" is already taken by {1}.</summary>
    public const string DuplicateName = "NDSL0005";

    /// <summary>Block {0} contains itself: {1}.</summary>
    public const string BlockCycle = "NDSL0006";

    /// <summary>{0} cannot be inserted: {1} (it is no [Block], or its source is not at hand).</summary>
    public const string NotABlock = "NDSL0007";

    /// <summary>Nobody reads the output of {0}, {1}.</summary>
    public const string UnreadTensor = "NDSL0008";

    /// <summary>Block {0} {1} (a sentence: too many arguments, a wrong kind).</summary>
    public const string BlockArgument = "NDSL0009";

    /// <summary>{0} has layer attributes and is neither [Network] nor [Block].</summary>
    public const string LayersWithoutNetwork = "NDSL0010";

    /// <summary>An expression in a block that cannot be evaluated at compile time ({0}).</summary>
    public const string UnsupportedExpression = "NDSL0011";

    /// <summary>{0} is not allowed here: {1}.</summary>
    public const string Misplaced = "NDSL0012";

    /// <summary>{0} cannot be a {1} (network or block): {2} (it is generic, static, abstract, a struct).</summary>
    public const string UnsupportedClass = "NDSL0013";

    /// <summary>There is no layer {0}; {1} is meant, as it is written.</summary>
    public const string UnknownLayer = "NDSL0014";

    // Values of arguments.

    /// <summary>{0} must be {1}, but is {2}.</summary>
    public const string ArgumentRange = "NDSL0020";

    /// <summary>{0} and {1} exclude each other.</summary>
    public const string ExclusiveArguments = "NDSL0021";

    // Shapes.

    /// <summary>{0} expects {1}, but {2} gives {3}.</summary>
    public const string WrongRank = "NDSL0030";

    /// <summary>{0}: the window {1} does not fit into {2} from {3}.</summary>
    public const string WindowDoesNotFit = "NDSL0031";

    /// <summary>{0}: the shapes {1} from {2} and {3} from {4} differ.</summary>
    public const string ShapeMismatch = "NDSL0032";

    /// <summary>{0}: {1} from {2} has {3} elements, {4} has {5}.</summary>
    public const string ReshapeMismatch = "NDSL0033";

    /// <summary>{0}: {1} (a clause, why the loss does not fit).</summary>
    public const string LossShape = "NDSL0034";

    /// <summary>{0} is too large: {1} elements.</summary>
    public const string TooLarge = "NDSL0035";

    // Warnings.

    /// <summary>{0} works on the last axis only of the image {1} from {2}; put [Flatten] before it.</summary>
    public const string DenseOnImage = "NDSL0100";

    /// <summary>{0}: softmax over the last axis of {1} from {2} is always 1.</summary>
    public const string SoftmaxOfOne = "NDSL0101";

    /// <summary>{0} takes the padding of {1}, {2}, for data.</summary>
    public const string MaskDropped = "NDSL0102";
}
