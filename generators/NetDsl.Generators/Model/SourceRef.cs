namespace NetDsl.Generators.Model;

/// <summary>
/// Where in the user's source an element of a spec was written, without any Roslyn type: the
/// diagnostics stage maps it back to the exact argument.
/// </summary>
/// <param name="Type">Full metadata name of the class that carries the attribute.</param>
/// <param name="Attribute">Index of the attribute among all attributes of the declaration that carries the layers; -1 for the class itself.</param>
/// <param name="Parameter">
/// Name of the attribute's constructor parameter, property or type parameter; <see langword="null"/> for the whole attribute.
/// Of the class itself (-1): a constant field, at its initializer.
/// </param>
/// <param name="Element">Index within a <c>params</c> argument; -1 for the whole argument.</param>
internal sealed record SourceRef(string Type, int Attribute, string? Parameter = null, int Element = -1)
{
    /// <summary>The same attribute, at one of its arguments.</summary>
    public SourceRef At(string parameter, int element = -1) => new(Type, Attribute, parameter, element);
}
