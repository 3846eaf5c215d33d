using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>
/// The inside of one network or of one use of a block: names, ordinals and the values of the block's constants.
/// Names resolve backwards and within their own scope only.
/// </summary>
/// <param name="path">See <see cref="Path"/>.</param>
/// <param name="constants">See <see cref="Constants"/>.</param>
/// <param name="insertion">See <see cref="Insertion"/>.</param>
/// <param name="trainable">See <see cref="Trainable"/>.</param>
/// <param name="weightPath">See <see cref="WeightPath"/>; <see langword="null"/>: the path.</param>
/// <param name="network">See <see cref="Network"/>.</param>
internal sealed class Scope(string path, IReadOnlyDictionary<string, object?> constants, SourceRef? insertion, bool trainable, string? weightPath = null, NetworkUse? network = null)
{
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);

    /// <summary>Prefix of the paths of its layers, with a closing slash; empty for the network itself.</summary>
    public string Path { get; } = path;

    /// <summary>Prefix of the names of its layers' tensors: that of another use of the block where this one shares its weights, else the path.</summary>
    public string WeightPath { get; } = weightPath ?? path;

    /// <summary>The block's constants, as this use fills them.</summary>
    public IReadOnlyDictionary<string, object?> Constants { get; } = constants;

    /// <summary>The attribute of the network that inserted the outermost block; <see langword="null"/> in the network itself.</summary>
    public SourceRef? Insertion { get; } = insertion;

    /// <summary>The innermost network within the outermost one that these layers belong to, where its tensors are its own.</summary>
    public NetworkUse? Network { get; } = network;

    /// <summary>No block around these layers says <c>Trainable = false</c>, up to the network that they were declared in.</summary>
    public bool Trainable { get; } = trainable;

    /// <summary>Tensors by name, with the path of the layer that has it.</summary>
    public Dictionary<string, (Value Value, string Layer)> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Named layers and blocks by name: the path that their tensors' names begin with, and their kind.</summary>
    public Dictionary<string, (string Path, string Kind)> Owners { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Paths in use, so that two layers never share weights by accident. Case does not tell them apart, since each becomes
    /// a member of the generated code.
    /// </summary>
    public HashSet<string> Paths { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The next ordinal of a kind, from 1; layers with a name count too, so that naming one renames no other.</summary>
    public int NextOrdinal(string kind)
    {
        _ordinals.TryGetValue(kind, out int ordinal);
        return _ordinals[kind] = ordinal + 1;
    }
}
