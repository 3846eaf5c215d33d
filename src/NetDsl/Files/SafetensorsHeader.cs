namespace NetDsl.Files;

/// <summary>What stands before the data of a safetensors file.</summary>
/// <param name="Metadata">Texts by name.</param>
/// <param name="Tensors">Tensors in the order of their data.</param>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<SafetensorsTensor> Tensors);

/// <summary>A tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements: <c>F32</c>.</param>
/// <param name="Shape">Extents.</param>
/// <param name="Begin">First byte within the data.</param>
/// <param name="End">The byte behind its last one.</param>
internal sealed record SafetensorsTensor(string Name, string Type, long[] Shape, long Begin, long End);
