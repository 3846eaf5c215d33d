namespace NetDsl;

/// <summary>What the layers that multiply by weights have in common.</summary>
public abstract class WeightedLayerAttribute : LayerAttribute
{
    /// <summary>
    /// Adds this times the sum of the weights' magnitudes to what training minimises, biases left out; 0 or more. Losses and reports are shown without it. Default: 0.
    /// </summary>
    public double L1 { get; set; }

    /// <summary>
    /// Adds this times the sum of the weights' squares to what training minimises, biases left out, as Keras's <c>L2</c>; 0 or more. PyTorch's <c>weight_decay</c> is twice it.
    /// Losses and reports are shown without it. Default: 0.
    /// </summary>
    public double L2 { get; set; }
}
