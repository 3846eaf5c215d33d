using NetDsl.Generators.Model;

namespace NetDsl.Generators.IR;

/// <summary>
/// How a cross-entropy reads its labels. The loss of a row with label k is weight[k] ((1 - s) (-log p[k]) + s mean over the classes of -log p), and 0 where k is ignored.
/// </summary>
/// <param name="Smoothing">s (Szegedy et al. 2016, section 7).</param>
/// <param name="Ignored">The label of rows that do not count, or <see langword="null"/>; it need not be a class.</param>
/// <param name="Weights">A weight for each class, or none.</param>
internal sealed record LabelRule(double Smoothing, int? Ignored, EquatableArray<double> Weights)
{
    /// <summary>The label's class, all of it, with weight 1.</summary>
    public static LabelRule Plain { get; } = new(0, null, EquatableArray<double>.Empty);

    public bool IsPlain => Equals(Plain);
}
