namespace NetDsl;

/// <summary>
/// Exposes the current tensor as an output of the network, with an entry point that runs only what leads to it. The chain
/// goes on from the same tensor. A network with neither outputs nor losses gives its last tensor as <c>output</c>.
/// </summary>
/// <param name="name">Name of the output; unique in the network.</param>
/// <example><code>[Dense(32), Output("code")]</code></example>
public sealed class OutputAttribute(string name) : LayerAttribute
{
    /// <summary>Name of the output.</summary>
    public string Output { get; } = name;
}
