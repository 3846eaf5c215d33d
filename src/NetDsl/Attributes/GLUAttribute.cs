namespace NetDsl;

/// <summary>
/// A gated linear unit (Dauphin et al. 2016): the last axis is halved, y = a · gate(b) with a its first half and b its second.
/// Shape (..., 2 n) becomes (..., n). No parameters.
/// </summary>
/// <example><code>[Dense(128), GLU(Activation.SiLU)]</code></example>
/// <remarks>With <see cref="Activation.Sigmoid"/> PyTorch's <c>GLU</c>; with SiLU a SwiGLU, with GELU a GEGLU (Shazeer 2020).</remarks>
public sealed class GLUAttribute : LayerAttribute
{
    /// <summary>With a sigmoid as gate.</summary>
    public GLUAttribute()
        : this(Activation.Sigmoid)
    {
    }

    /// <summary>With a gate.</summary>
    /// <param name="gate">Applied to the second half. Default: <see cref="Activation.Sigmoid"/>.</param>
    public GLUAttribute(Activation gate) => Gate = gate;

    /// <summary>Applied to the second half.</summary>
    public Activation Gate { get; }
}
