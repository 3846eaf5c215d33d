namespace NetDsl.Cpu;

/// <summary>
/// The operands of a gradient by weights, out[m, n] = the sum over positions p of A[m, p] * B[p, n], as strips of positions:
/// those that are added up before the next strip is looked at. The rows m form runs of neighbouring elements.
/// </summary>
internal unsafe interface IGradientStrips
{
    /// <summary>Number of strips over all samples.</summary>
    int Strips { get; }

    /// <summary>The most segments that a strip has.</summary>
    int MaxSegments { get; }

    /// <summary>The most positions that a strip has.</summary>
    int MaxPositions { get; }

    /// <summary>Elements of A from one position to the next.</summary>
    nint PositionStep { get; }

    /// <summary>Elements of B from one position to the next.</summary>
    nint GradientStep { get; }

    /// <summary>Number of runs of rows.</summary>
    int Runs { get; }

    /// <summary>Rows of a run.</summary>
    int RunLength { get; }

    /// <summary>Sets up the offsets of segments and runs, which are the same for all strips.</summary>
    void Begin(nint* segments, nint* runs);

    /// <summary>Where a strip lies.</summary>
    /// <param name="strip">The strip.</param>
    /// <param name="buffer">The worker's memory for a padded copy.</param>
    /// <param name="gradient">Row of B at the first position.</param>
    /// <param name="segments">Segments of positions.</param>
    /// <param name="length">Positions of a segment.</param>
    /// <returns>A[0, 0].</returns>
    float* Strip(int strip, float* buffer, out float* gradient, out int segments, out int length);

    /// <summary>What <see cref="Strip"/> will give, so that it can be fetched ahead; <see langword="null"/> where that is copied first.</summary>
    float* Peek(int strip);
}
