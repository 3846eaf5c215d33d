namespace NetDsl.Cpu;

/// <summary>
/// How a cross-entropy reads its labels. The loss of a row with label k is weight[k] ((1 - s) (-log p[k]) + s mean over the classes of -log p), and 0 where k is ignored.
/// </summary>
/// <param name="Smoothing">s, from 0 to 1.</param>
/// <param name="Ignored">The label of rows that do not count, or <see langword="null"/>; it need not be a class.</param>
/// <param name="Weights">A weight for each class, or <see langword="null"/> for 1.</param>
public sealed record LabelRule(float Smoothing, int? Ignored, float[]? Weights)
{
    /// <summary>The row's weight, 0 where its label is ignored.</summary>
    /// <param name="label">The label; becomes a class where it need not be one.</param>
    internal float Read(ref int label)
    {
        if (label == Ignored)
        {
            label = 0;
            return 0;
        }

        return Weights is null ? 1 : Weights[label];
    }
}
