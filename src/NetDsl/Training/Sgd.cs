namespace NetDsl;

/// <summary>
/// Stochastic gradient descent: v = Momentum v + g, then w = w - LearningRate v; with Nesterov's momentum
/// w = w - LearningRate (g + Momentum v) (as torch.optim.SGD; Sutskever et al. 2013).
/// </summary>
public sealed record Sgd : Optimizer
{
    private readonly double _momentum;

    /// <summary>Gradient descent.</summary>
    /// <param name="learningRate">Length of a step; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is not positive and finite.</exception>
    public Sgd(double learningRate = 0.01)
        : base(learningRate)
    {
    }

    /// <summary>The part of the last step that the next one keeps: 0 (none) to less than 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0, or 1 or more.</exception>
    public double Momentum { get => _momentum; init => _momentum = Fraction(nameof(Momentum), value); }

    /// <summary>Whether the gradient counts as if taken after the momentum's step. Without momentum it changes nothing.</summary>
    public bool Nesterov { get; init; }
}
