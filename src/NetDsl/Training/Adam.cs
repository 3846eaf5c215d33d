namespace NetDsl;

/// <summary>
/// Adam (Kingma and Ba 2015): m = Beta1 m + (1 - Beta1) g, v = Beta2 v + (1 - Beta2) g², both divided by
/// 1 - Beta^t in step t, then w = w - LearningRate m / (sqrt(v) + Epsilon) (as torch.optim.Adam).
/// </summary>
public sealed record Adam : Optimizer
{
    private readonly double _beta1 = 0.9;
    private readonly double _beta2 = 0.999;
    private readonly double _epsilon = 1e-8;

    /// <summary>Adam.</summary>
    /// <param name="learningRate">Length of a step; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is not positive and finite.</exception>
    public Adam(double learningRate = 0.001)
        : base(learningRate)
    {
    }

    /// <summary>How much of the mean of the gradients a step keeps: 0 to less than 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0, or 1 or more.</exception>
    public double Beta1 { get => _beta1; init => _beta1 = Fraction(nameof(Beta1), value); }

    /// <summary>How much of the mean of the squared gradients a step keeps: 0 to less than 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0, or 1 or more.</exception>
    public double Beta2 { get => _beta2; init => _beta2 = Fraction(nameof(Beta2), value); }

    /// <summary>Keeps the divisor off zero; positive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double Epsilon
    {
        get => _epsilon;
        init => _epsilon = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Epsilon), value, "Epsilon must be a positive number.");
    }
}
