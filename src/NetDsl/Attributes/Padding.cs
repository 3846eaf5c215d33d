namespace NetDsl;

/// <summary>How a convolution or pooling treats the border of an image.</summary>
public enum Padding
{
    /// <summary>No padding: the window stays inside. Extent n becomes floor((n - k) / stride) + 1, where k = dilation · (kernel - 1) + 1.</summary>
    Valid,

    /// <summary>
    /// Extent n becomes ceil(n / stride). The padding is max((ceil(n / stride) - 1) · stride + k - n, 0), where
    /// k = dilation · (kernel - 1) + 1; half of it before, and where it is odd one more after (bottom, right), as in
    /// TensorFlow and Keras.
    /// </summary>
    Same,
}
