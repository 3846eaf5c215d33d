namespace NetDsl;

/// <summary>What a classifier says of one sample.</summary>
/// <param name="Label">The most probable class, from 0.</param>
/// <param name="Name">Its name, or the label as text where the classes have none.</param>
/// <param name="Probabilities">The probability of each class, in order.</param>
public sealed record Classification(int Label, string Name, float[] Probabilities)
{
    /// <summary>The probability of <see cref="Label"/>.</summary>
    public float Probability => Probabilities[Label];

    /// <summary>The name and its probability: <c>7 (99.8%)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} ({100 * Probability:0.0}%)");
}
