namespace NetDsl;

/// <summary>What the recurrent layers have in common.</summary>
/// <param name="units">Units of the state; at least 1.</param>
public abstract class RecurrentAttribute(int units) : WeightedLayerAttribute
{
    /// <summary>Units of the state.</summary>
    public int Units { get; } = units;

    /// <summary>Whether the result is the state after every step; else after the last one alone. Default: <see langword="false"/>.</summary>
    public bool ReturnSequences { get; set; }

    /// <summary>
    /// A second layer with weights of its own goes from the last step to the first, and its states stand behind the first one's: the result has 2 · units features. Default:
    /// <see langword="false"/>.
    /// </summary>
    public bool Bidirectional { get; set; }

    /// <summary>Whether biases are added. Default: <see langword="true"/>.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the weights of the features start. Default: <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer KernelInitializer { get; set; }

    /// <summary>How the weights of the states start. Default: <see cref="Initializer.Orthogonal"/>.</summary>
    public Initializer RecurrentInitializer { get; set; }

    /// <summary><see langword="false"/> freezes the layer's tensors. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
