namespace NetDsl;

/// <summary>
/// How a network learns from its gradients. A description without state: the network owns the momentum and moments, so a
/// second <c>Fit</c> with an optimizer of the same kind continues where the first stopped, also with another learning rate.
/// An optimizer of another kind starts from nothing. Formulas and defaults are PyTorch's.
/// </summary>
public abstract record Optimizer
{
    private readonly double _learningRate;

    private protected Optimizer(double learningRate) => LearningRate = learningRate;

    /// <summary>Length of a step; positive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double LearningRate
    {
        get => _learningRate;
        init => _learningRate = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LearningRate), value, "The learning rate must be a positive number.");
    }

    private protected static double Fraction(string name, double value) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 and less than 1.");
}
