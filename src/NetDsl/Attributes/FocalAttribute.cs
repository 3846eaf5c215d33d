namespace NetDsl;

/// <summary>
/// The loss of independent yes-or-no answers of which few are hard (Lin et al. 2017): -α (1 - p)^γ log p for the true answer's probability p, with α for
/// yes and 1 - α for no; the mean over the elements of a sample. Any shape; the target has the same, from 0 to 1.
/// </summary>
/// <example><code>[Dense(1), Focal]</code></example>
/// <remarks>
/// Reads the graph as <see cref="BinaryCrossEntropyAttribute"/> does: after a sigmoid the current tensor means probabilities, else logits. As torchvision's
/// <c>sigmoid_focal_loss</c> and Keras's <c>BinaryFocalCrossentropy(apply_class_balancing=True)</c>.
/// </remarks>
public sealed class FocalAttribute : LossAttribute
{
    /// <summary>Weight of the yes answers, more than 0 and less than 1. Default: 0.25.</summary>
    public double Alpha { get; set; } = 0.25;

    /// <summary>How much easy answers lose; 0 or more. Default: 2.</summary>
    public double Gamma { get; set; } = 2;
}
