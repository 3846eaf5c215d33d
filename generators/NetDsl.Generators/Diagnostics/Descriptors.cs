using Microsoft.CodeAnalysis;

namespace NetDsl.Generators.Diagnostics;

/// <summary>
/// The descriptor of every rule. Argument 0 of each message is where in a block the problem lies (empty in a network);
/// the others are those that <see cref="DiagnosticIds"/> names, one further on.
/// </summary>
internal static class Descriptors
{
    private const string Category = "NetDsl";
    private const string HelpRoot = "docs/diagnostics/";

    private static readonly DiagnosticDescriptor NotPartial = Error(
        DiagnosticIds.NotPartial, "A network's class must be partial",
        "{0}{1} must be partial, {2}");

    private static readonly DiagnosticDescriptor SeveralDeclarations = Error(
        DiagnosticIds.SeveralDeclarations, "Layers on several declarations have no order",
        "{0}{1} stand on several declarations of {2}, between which C# gives no order; put them all on one");

    private static readonly DiagnosticDescriptor NoInput = Error(
        DiagnosticIds.NoInput, "A network starts with an input",
        "{0}{1} has no tensor to work on here; its first layer must be an [Input]");

    private static readonly DiagnosticDescriptor UnknownName = Error(
        DiagnosticIds.UnknownName, "No tensor has this name",
        "{0}No tensor before this is named \"{1}\"{2}");

    private static readonly DiagnosticDescriptor DuplicateName = Error(
        DiagnosticIds.DuplicateName, "A name is given twice",
        "{0}The name \"{1}\" is already taken by {2}");

    private static readonly DiagnosticDescriptor BlockCycle = Error(
        DiagnosticIds.BlockCycle, "A block contains itself",
        "{0}Block {1} contains itself: {2}");

    private static readonly DiagnosticDescriptor NotABlock = Error(
        DiagnosticIds.NotABlock, "Only a block or network of this project can be inserted",
        "{0}{1} cannot be inserted: {2}");

    private static readonly DiagnosticDescriptor UnreadTensor = Error(
        DiagnosticIds.UnreadTensor, "A tensor is never read",
        "{0}Nobody reads the output of {1}, {2}; read it by name, end it in a loss or an [Output], or remove the layer");

    private static readonly DiagnosticDescriptor BlockArgument = Error(
        DiagnosticIds.BlockArgument, "An argument does not fit the block's constants",
        "{0}Block {1} {2}");

    private static readonly DiagnosticDescriptor LayersWithoutNetwork = Error(
        DiagnosticIds.LayersWithoutNetwork, "Layers need a network or a block",
        "{0}{1} has layer attributes and is neither a [Network] nor a [Block]");

    private static readonly DiagnosticDescriptor UnsupportedExpression = Error(
        DiagnosticIds.UnsupportedExpression, "The value is not known at compile time",
        "{0}The value cannot be computed at compile time: {1}");

    private static readonly DiagnosticDescriptor Misplaced = Error(
        DiagnosticIds.Misplaced, "A layer stands where it cannot",
        "{0}{1} is not allowed here: {2}");

    private static readonly DiagnosticDescriptor UnsupportedClass = Error(
        DiagnosticIds.UnsupportedClass, "The class cannot be a network or a block",
        "{0}{1} cannot be a {2}: {3}");

    private static readonly DiagnosticDescriptor UnknownLayer = Error(
        DiagnosticIds.UnknownLayer, "There is no layer of this name",
        "{0}There is no layer {1}; did you mean [{2}]?");

    private static readonly DiagnosticDescriptor ArgumentRange = Error(
        DiagnosticIds.ArgumentRange, "An argument is out of range",
        "{0}{1} must be {2}, but is {3}");

    private static readonly DiagnosticDescriptor ExclusiveArguments = Error(
        DiagnosticIds.ExclusiveArguments, "Two arguments exclude each other",
        "{0}{1} and {2} exclude each other; give only one of them");

    private static readonly DiagnosticDescriptor WrongRank = Error(
        DiagnosticIds.WrongRank, "A tensor has the wrong number of axes",
        "{0}{1} expects {2}, but {3} gives {4}");

    private static readonly DiagnosticDescriptor WindowDoesNotFit = Error(
        DiagnosticIds.WindowDoesNotFit, "A window is larger than its image",
        "{0}{1}: the window {2} does not fit into {3} from {4}");

    private static readonly DiagnosticDescriptor ShapeMismatch = Error(
        DiagnosticIds.ShapeMismatch, "Shapes differ",
        "{0}{1}: the shapes {2} from {3} and {4} from {5} differ");

    private static readonly DiagnosticDescriptor ReshapeMismatch = Error(
        DiagnosticIds.ReshapeMismatch, "A reshape changes the number of elements",
        "{0}{1}: {2} from {3} has {4} elements, but {5} has {6}");

    private static readonly DiagnosticDescriptor LossShape = Error(
        DiagnosticIds.LossShape, "A loss does not fit its tensor",
        "{0}{1}: {2}");

    private static readonly DiagnosticDescriptor TooLarge = Error(
        DiagnosticIds.TooLarge, "A tensor is too large",
        "{0}{1} is too large: it has {2} elements");

    private static readonly DiagnosticDescriptor DenseOnImage = Warning(
        DiagnosticIds.DenseOnImage, "Dense on an image without Flatten",
        "{0}{1} works only on the last axis of the image {2} from {3}; put [Flatten] before it to read the whole image");

    private static readonly DiagnosticDescriptor SoftmaxOfOne = Warning(
        DiagnosticIds.SoftmaxOfOne, "Softmax over a single element",
        "{0}{1}: softmax over the last axis of {2} from {3} is always 1; for one probability use a sigmoid");

    private static readonly DiagnosticDescriptor MaskDropped = Warning(
        DiagnosticIds.MaskDropped, "A layer takes padding for data",
        "{0}{1} takes the padding of {2}, {3}, for data; put an attention, a recurrent layer or a global pooling before it, which pass over padding, or leave out PaddingId");

    /// <summary>Every rule, by its number.</summary>
    public static IReadOnlyDictionary<string, DiagnosticDescriptor> All { get; } = new[]
    {
        NotPartial, SeveralDeclarations, NoInput, UnknownName, DuplicateName, BlockCycle, NotABlock, UnreadTensor,
        BlockArgument, LayersWithoutNetwork, UnsupportedExpression, Misplaced, UnsupportedClass, UnknownLayer, ArgumentRange,
        ExclusiveArguments, WrongRank, WindowDoesNotFit, ShapeMismatch, ReshapeMismatch, LossShape, TooLarge,
        DenseOnImage, SoftmaxOfOne, MaskDropped,
    }.ToDictionary(descriptor => descriptor.Id, StringComparer.Ordinal);

    /// <summary>A network that does not fit has no code, so its errors cannot be turned down.</summary>
    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: $"{HelpRoot}{id}.md", customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: $"{HelpRoot}{id}.md");
}
