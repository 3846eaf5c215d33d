namespace NetDsl.Conformance.Networks;

/// <summary>Networks under <c>[Network(Inspectable = true)]</c>: nothing of a layer is fused away or overwritten.</summary>
public sealed class InspectableNetworks : INetworkFamily
{
    private static readonly string[] Names =
    [
        "Six layers",
        "Activations one after the other",
        "Three convolutions",
        "Both pools of one tensor",
        "Conv2D with ReLU, then MaxPool2D",
        "Dropout, then BatchNorm",
        "Rescale, then Standardize",
        "CrossEntropy after Softmax",
        "Three losses at three depths",
        "No loss, Softmax at the end",
        "Add of the same tensor twice",
        "Concat of channels",
        "One tensor under two shapes",
        "Two inputs of different ranks",
        "Residual with activation, repeated",
        "Residual with projection",
        "The README's network on a small image",
    ];

    public static IReadOnlyList<NetworkCase> Cases { get; } =
        [.. Names.Select(name => NetworkFamilies.Find(name) with { Inspectable = true })];
}
