namespace NetDsl.Cpu;

/// <summary>The taps of a vector of filters of one channel.</summary>
/// <param name="weights">The weights of the first tap.</param>
/// <param name="step">Elements from one tap's weights to the next.</param>
/// <param name="height">Rows of taps.</param>
/// <param name="width">Taps of a row.</param>
/// <param name="pitch">Elements from a row of pixels that taps see to the next.</param>
/// <param name="nextRow">Elements from the pixels of one row of outputs to those of the next.</param>
internal readonly unsafe struct OneChannelTaps(float* weights, nint step, int height, int width, nint pitch, nint nextRow)
{
    public float* Weights => weights;

    public nint Step => step;

    public int Height => height;

    public int Width => width;

    /// <summary>Whether there are 3 x 3 of them, few enough to stay in registers.</summary>
    public bool IsSquare => height == 3 && width == 3;

    public nint Pitch => pitch;

    public nint NextRow => nextRow;
}
