namespace NetDsl.Conformance.Networks;

/// <summary>
/// The cases for a device whose compiler is slow: together they have every op, every layer and every activation (a test
/// asserts it), and the shapes where tiles, vectors and groups end.
/// </summary>
public static class RepresentativeNetworks
{
    private static readonly HashSet<string> Names =
    [
        "Dense with prime widths",
        "Dense many to one",
        "Dense with a long sum",
        "Dense with long sums and wide results",
        "Dense with Softmax of 67 columns inside",
        "Later activations one after the other",
        "PReLU of an image",
        "GLU of rows with SiLU",
        "Dense on the last of two axes",
        "Six layers",
        "Smooth activations one after the other",
        "Conv2D with prime extents",
        "Conv2D same, stride 2",
        "Conv2D dilation 3, pad 2, stride 2",
        "Conv2D from 32 channels to 64 filters",
        "MaxPool2D 3 same, stride 2",
        "AveragePool2D 3 with pad 1, stride 2",
        "Both global pools of one tensor",
        "ConvTranspose2D 3 same, stride 2",
        "DepthwiseConv2D with multiplier, stride 3, same",
        "SeparableConv2D",
        "UpSampling2D",
        "ZeroPadding2D of sides",
        "Cropping2D of sides",
        "Conv1D causal with dilation",
        "Attention over more than a block of queries",
        "Attention with shared key heads",
        "Attention with a longer context, causal",
        "A decoder of two blocks",
        "SimpleRNN, both directions, all steps",
        "LSTM on GRU on SimpleRNN",
        "SimpleRNN, masked, both directions, all steps",
        "LSTM on a masked GRU",
        "Attention, masked and causal",
        "Attention of texts of padding alone",
        "Masked maximum of embeddings",
        "Masked classes over time, one of them ignored",
        "GRU of 33 units",
        "Output tied to the embedding",
        "Siamese towers",
        "Embedding of a large vocabulary",
        "Tokens and numbers",
        "Permute of an image",
        "MaxPool1D",
        "AveragePool1D",
        "GlobalMaxPool1D",
        "GlobalAveragePool1D",
        "RMSNorm of rows with SiLU",
        "GroupNorm of an image",
        "SpatialDropout2D",
        "GaussianNoise",
        "Split of unequal parts, on rows",
        "AdaptiveMaxPool1D of parts that overlap",
        "AdaptiveAveragePool1D of parts that overlap",
        "Dense with L1 and L2",
        "AdaptiveAveragePool2D of parts that overlap",
        "AdaptiveMaxPool2D of parts that overlap",
        "Patches",
        "BatchNorm behind Conv2D",
        "BatchNorm of 256 places",
        "LayerNorm of 300 features",
        "Dropout, then BatchNorm",
        "Rescale, then Standardize",
        "CrossEntropy of 101 classes",
        "CrossEntropy after Softmax",
        "CrossEntropy of rows",
        "CrossEntropy with class weights and smoothing after Softmax",
        "CrossEntropy of pixels that ignores 255, with weights and smoothing",
        "BinaryCrossEntropy after Sigmoid",
        "Three losses at three depths",
        "MeanSquaredError with a trained tensor as target",
        "MeanSquaredError of standardized rows",
        "MeanAbsoluteError",
        "Huber with delta",
        "LogCosh",
        "Hinge",
        "SquaredHinge",
        "Poisson",
        "KLDivergence",
        "CosineSimilarity",
        "Focal after Sigmoid, with alpha and gamma",
        "Dice",
        "Triplet",
        "Add of three",
        "Multiply by one number a channel",
        "Subtract",
        "Average of three",
        "Maximum and Minimum",
        "Dot of rows, normalized",
        "Slices of columns side by side",
        "Concat of channels",
        "Concat of rows",
        "Reshape to an image",
        "Two inputs of different ranks",
        "Three outputs",
        "Block with an argument, repeated",
        "A network in a network",
        "A class token before rows",
        "Residual with projection",
        "TF32 with ends of blocks and of steps",
        "TF32 on the last of two axes",
        "The README's network on a small image",
    ];

    private static readonly HashSet<string> Inspectable =
    [
        "Residual with projection",
    ];

    /// <summary>The chosen cases of all families.</summary>
    public static IReadOnlyList<NetworkCase> Cases { get; } = [.. NetworkFamilies.Cases.Where(Contains)];

    /// <summary>Whether a case is one of them.</summary>
    public static bool Contains(NetworkCase network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return (network.Inspectable ? Inspectable : Names).Contains(network.Name);
    }
}
