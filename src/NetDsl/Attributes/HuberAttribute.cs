namespace NetDsl;

/// <summary>
/// The loss of a regression that is squared near the target and linear far from it (Huber 1964): ½ (y - t)² for |y - t| ≤ delta, else
/// delta (|y - t| - ½ delta); the mean over the elements of a sample. Any shape; the target has the same.
/// </summary>
/// <example><code>[Dense(1), Huber]</code></example>
/// <remarks>As Keras's <c>Huber</c> and PyTorch's <c>HuberLoss</c>.</remarks>
public sealed class HuberAttribute : LossAttribute
{
    /// <summary>Where the loss becomes linear; more than 0. Default: 1.</summary>
    public double Delta { get; set; } = 1;
}
