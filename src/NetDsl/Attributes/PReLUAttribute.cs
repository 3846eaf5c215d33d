namespace NetDsl;

/// <summary>
/// The rectifier whose slope for negative inputs is learned (He et al. 2015): y = x for x &gt; 0, else slope[c] x, with a slope per element of the
/// last axis. Any shape of at least one axis, kept.
/// </summary>
/// <example><code>[Conv2D(32, 3), PReLU]</code></example>
/// <remarks>
/// Parameter: <c>slope</c>, one per element of the last axis, starts at 0.25 as in PyTorch (with <c>num_parameters</c> channels; Keras starts at 0 and has one
/// per element unless <c>shared_axes</c> says otherwise).
/// </remarks>
public sealed class PReLUAttribute : LayerAttribute
{
    /// <summary><see langword="false"/> freezes the slopes. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
