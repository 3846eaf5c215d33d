namespace NetDsl;

/// <summary>Makes a named tensor current, so that the chain goes on from there.</summary>
/// <param name="name">A name further up in the same class, or <c>"input"</c> for the only input.</param>
/// <example><code>[From("stem")]</code></example>
public sealed class FromAttribute(string name) : LayerAttribute
{
    /// <summary>The tensor.</summary>
    public string Tensor { get; } = name;
}
