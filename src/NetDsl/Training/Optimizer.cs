namespace NetDsl;

/// <summary>
/// How a network learns from its gradients. A description without state: the network owns the momentum and moments, so a
/// second <c>Fit</c> with an optimizer of the same kind continues where the first stopped, also with another learning rate.
/// An optimizer of another kind starts from nothing. Formulas and defaults are PyTorch's.
/// </summary>
public abstract record Optimizer
{
    private double _learningRate;
    private readonly double? _clipNorm;
    private readonly double? _clipValue;

    private protected Optimizer(double learningRate) => LearningRate = learningRate;

    /// <summary>Length of a step; positive. It may be changed between steps, also by a <see cref="FitOptions.Progress"/>, which is called after each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double LearningRate
    {
        get => _learningRate;
        set => _learningRate = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LearningRate), value, "The learning rate must be a positive number.");
    }

    /// <summary>
    /// The largest norm of all gradients together, sqrt(sum of g²); where it is larger, every gradient is multiplied by
    /// ClipNorm / (norm + 1e-6) before the step (as torch.nn.utils.clip_grad_norm_; global_clipnorm of Keras). Positive;
    /// <see langword="null"/> for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double? ClipNorm { get => _clipNorm; init => _clipNorm = Limit(nameof(ClipNorm), value); }

    /// <summary>
    /// The largest magnitude of a gradient; a larger one counts as that, before <see cref="ClipNorm"/> (as
    /// torch.nn.utils.clip_grad_value_; clipvalue of Keras). Positive; <see langword="null"/> for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double? ClipValue { get => _clipValue; init => _clipValue = Limit(nameof(ClipValue), value); }

    private protected static double Fraction(string name, double value) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 and less than 1.");

    private static double? Limit(string name, double? value) => value is null or > 0 and < double.PositiveInfinity
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a positive number, or null for no limit.");
}
