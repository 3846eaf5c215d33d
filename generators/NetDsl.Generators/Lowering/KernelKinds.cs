namespace NetDsl.Generators.Lowering;

/// <summary>Directions of a convolution.</summary>
internal enum ConvolutionKind
{
    Forward,
    InputGradient,
    FilterGradient,
}

/// <summary>Kinds and directions of pooling.</summary>
internal enum PoolingKind
{
    MaxForward,
    MaxBackward,
    AverageForward,
    AverageBackward,
}

/// <summary>Directions of an attention.</summary>
internal enum AttentionDirection
{
    Forward,
    QueryGradient,
    KeyGradient,
}

/// <summary>What is computed of a row of logits.</summary>
internal enum SoftmaxKind
{
    Forward,
    Backward,
    CrossEntropy,
    CrossEntropyGradient,
    CrossEntropyWithGradient,
}
