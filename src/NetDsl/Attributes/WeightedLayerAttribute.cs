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

    /// <summary>
    /// The most that the weights of one unit may have as their norm: after each step longer ones are scaled down to it. A unit's weights are those of one output (a column of a <c>Dense</c>, a filter of a
    /// convolution), of an <see cref="EmbeddingAttribute"/> those of one token. 0: no limit, the default.
    /// </summary>
    /// <remarks>As Keras's <c>MaxNorm</c> over all axes but the output's, and PyTorch's <c>max_norm</c> of <c>Embedding</c> (Srivastava et al. 2014).</remarks>
    public double MaxNorm { get; set; }
}
