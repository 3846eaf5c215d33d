namespace NetDsl;

/// <summary>
/// The loss of embeddings (Schroff et al. 2015): max(0, |a - p| - |a - n| + margin), where the current tensor a is to lie nearer to a sample p of its own class than to
/// one n of another; Euclidean distances along the last axis, the mean over the rows of a sample. Shape (..., n), all three the same.
/// </summary>
/// <param name="positive">Name of the tensor of the same class.</param>
/// <param name="negative">Name of the tensor of another class.</param>
/// <example><code>[Triplet("positive", "negative", Margin = 0.5)]</code></example>
/// <remarks>As PyTorch's <c>TripletMarginLoss</c>, which adds 1e-6 to each difference.</remarks>
public sealed class TripletAttribute(string positive, string negative) : LossAttribute
{
    /// <summary>Name of the tensor of the same class.</summary>
    public string Positive { get; } = positive;

    /// <summary>Name of the tensor of another class.</summary>
    public string Negative { get; } = negative;

    /// <summary>How much farther the other class must be; more than 0. Default: 1.</summary>
    public double Margin { get; set; } = 1;
}
