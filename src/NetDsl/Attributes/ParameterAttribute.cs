namespace NetDsl;

/// <summary>
/// Starts a chain from a learned tensor, the same for every sample: a class token before the patches of an image, queries of an attention, a state to begin with.
/// </summary>
/// <param name="shape">Extents, each at least 1.</param>
/// <example><code>[Patches(16), Dense(512, Name = "patches"), Parameter(1, 512), Concat("patches", Axis = 0)]</code></example>
/// <remarks>Parameters: <c>value</c> of that shape. As PyTorch's <c>nn.Parameter</c> and Keras's <c>add_weight</c>.</remarks>
public sealed class ParameterAttribute(params int[] shape) : LayerAttribute
{
    /// <summary>Extents.</summary>
    public int[] Shape { get; } = shape;

    /// <summary>How it starts. Default: <see cref="Initializer.GlorotUniform"/>, by the last two extents.</summary>
    public Initializer Initializer { get; set; }

    /// <summary><see langword="false"/> freezes it. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
