using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>
/// The inside of one network or of one use of a block: names, ordinals and the values of the block's constants.
/// Names resolve backwards and within their own scope only.
/// </summary>
/// <param name="Path">Prefix of the paths of its layers, with a closing slash; empty for the network itself.</param>
/// <param name="Constants">The block's constants, as this use fills them.</param>
/// <param name="Insertion">The attribute of the network that inserted the outermost block; <see langword="null"/> in the network itself.</param>
internal sealed record Scope(string Path, IReadOnlyDictionary<string, object?> Constants, SourceRef? Insertion)
{
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);

    /// <summary>Tensors by name, with the path of the layer that has it.</summary>
    public Dictionary<string, (Value Value, string Layer)> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Paths in use, so that two layers never share weights by accident.</summary>
    public HashSet<string> Paths { get; } = new(StringComparer.Ordinal);

    /// <summary>The next ordinal of a kind, from 1; layers with a name count too, so that naming one renames no other.</summary>
    public int NextOrdinal(string kind)
    {
        _ordinals.TryGetValue(kind, out int ordinal);
        return _ordinals[kind] = ordinal + 1;
    }
}
