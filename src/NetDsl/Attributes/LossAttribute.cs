namespace NetDsl;

/// <summary>
/// A loss: a sink on the current tensor, from which the chain goes on. What is minimised is the sum over all losses of
/// weight times the mean over the samples of the batch.
/// </summary>
public abstract class LossAttribute : LayerAttribute
{
    /// <summary>Its factor in the total; more than 0. Default: 1.</summary>
    public double Weight { get; set; } = 1;

    /// <summary>
    /// A tensor of the network (its name, or <c>"input"</c> for the only input) that the result is compared with, say in
    /// an autoencoder. Absent: one more column of the data set, named after the loss.
    /// </summary>
    public string? Target { get; set; }
}
