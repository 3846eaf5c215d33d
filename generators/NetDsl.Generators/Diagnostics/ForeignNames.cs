namespace NetDsl.Generators.Diagnostics;

/// <summary>What layers and losses are called in Keras and PyTorch, where NetDsl has another name for them.</summary>
internal static class ForeignNames
{
    /// <summary>The attribute of NetDsl, as it is written, by a foreign name in any case.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        // Keras.
        ["AveragePooling1D"] = "AveragePool1D",
        ["AveragePooling2D"] = "AveragePool2D",
        ["BatchNormalization"] = "BatchNorm",
        ["BinaryCrossentropy"] = "BinaryCrossEntropy",
        ["BinaryFocalCrossentropy"] = "Focal",
        ["CategoricalCrossentropy"] = "CrossEntropy",
        ["Concatenate"] = "Concat",
        ["Conv2DTranspose"] = "ConvTranspose2D",
        ["GlobalAveragePooling1D"] = "GlobalAveragePool1D",
        ["GlobalAveragePooling2D"] = "GlobalAveragePool2D",
        ["GlobalMaxPooling1D"] = "GlobalMaxPool1D",
        ["GlobalMaxPooling2D"] = "GlobalMaxPool2D",
        ["GroupNormalization"] = "GroupNorm",
        ["InputLayer"] = "Input",
        ["LayerNormalization"] = "LayerNorm",
        ["MaxPooling1D"] = "MaxPool1D",
        ["MaxPooling2D"] = "MaxPool2D",
        ["Normalization"] = "Standardize",
        ["Rescaling"] = "Rescale",
        ["RMSNormalization"] = "RMSNorm",
        ["SeparableConvolution2D"] = "SeparableConv2D",
        ["SparseCategoricalCrossentropy"] = "CrossEntropy",

        // PyTorch.
        ["AdaptiveAvgPool1d"] = "AdaptiveAveragePool1D",
        ["AdaptiveAvgPool2d"] = "AdaptiveAveragePool2D",
        ["AvgPool1d"] = "AveragePool1D",
        ["AvgPool2d"] = "AveragePool2D",
        ["BatchNorm1d"] = "BatchNorm",
        ["BatchNorm2d"] = "BatchNorm",
        ["BCELoss"] = "BinaryCrossEntropy",
        ["BCEWithLogitsLoss"] = "BinaryCrossEntropy",
        ["CosineEmbeddingLoss"] = "CosineSimilarity",
        ["CrossEntropyLoss"] = "CrossEntropy",
        ["Dropout1d"] = "Dropout",
        ["Dropout2d"] = "SpatialDropout2D",
        ["HingeEmbeddingLoss"] = "Hinge",
        ["HuberLoss"] = "Huber",
        ["KLDivLoss"] = "KLDivergence",
        ["L1Loss"] = "MeanAbsoluteError",
        ["Linear"] = "Dense",
        ["MSELoss"] = "MeanSquaredError",
        ["NLLLoss"] = "CrossEntropy",
        ["PoissonNLLLoss"] = "Poisson",
        ["RNN"] = "SimpleRNN",
        ["SmoothL1Loss"] = "Huber",
        ["TripletMarginLoss"] = "Triplet",
        ["Unflatten"] = "Reshape",
        ["Upsample"] = "UpSampling2D",
        ["UpsamplingNearest2d"] = "UpSampling2D",
        ["ZeroPad2d"] = "ZeroPadding2D",
    };
}
