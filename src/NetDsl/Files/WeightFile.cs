using System.Globalization;
using System.Runtime.InteropServices;
using NetDsl.Networks;

namespace NetDsl.Files;

/// <summary>Copies a part of the parameters out.</summary>
internal delegate void ReadParameters(int offset, Span<float> destination);

/// <summary>
/// The weights and state of a network in a safetensors file, in the order of the parameter arena. The metadata say which
/// network it is by name and structural hash.
/// </summary>
internal static class WeightFile
{
    private const string Format = "netdsl.format";
    private const string Network = "netdsl.network";
    private const string Structure = "netdsl.structure";
    private const string FormatVersion = "1";

    public static void Write(string path, NetworkInfo info, ReadParameters read)
    {
        KeyValuePair<string, string>[] metadata = [new(Format, FormatVersion), new(Network, info.Name), new(Structure, info.StructuralHash)];
        byte[] header = SafetensorsWriter.Header(metadata, info.Parameters.Select(tensor => (tensor.Path, tensor.Shape, (long)tensor.Elements)));
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            float[] values = new float[info.Parameters.Length == 0 ? 0 : info.Parameters.Max(tensor => tensor.Elements)];
            foreach (ParameterTensor tensor in info.Parameters)
            {
                Span<float> part = values.AsSpan(0, tensor.Elements);
                read(tensor.Offset, part);
                LittleEndian(part);
                stream.Write(MemoryMarshal.AsBytes(part));
            }
        });
    }

    /// <summary>All tensors of a network, in the order of <see cref="NetworkInfo.Parameters"/>.</summary>
    /// <exception cref="WeightFileException">The file is damaged, or of another network.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static float[][] Read(string path, NetworkInfo info)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        SafetensorsHeader header = SafetensorsReader.ReadHeader(path, stream);
        RequireNetwork(path, header, info);
        long data = stream.Position;
        float[][] tensors = new float[info.Parameters.Length][];
        for (int i = 0; i < tensors.Length; i++)
        {
            ParameterTensor wanted = info.Parameters[i];
            SafetensorsTensor tensor = header.Tensors.FirstOrDefault(tensor => tensor.Name == wanted.Path)
                ?? throw new WeightFileException(path, $"is damaged: the tensor '{wanted.Path}' of {info.Name} is missing.");
            RequireTensor(path, tensor, wanted);
            tensors[i] = new float[wanted.Elements];
            stream.Position = data + tensor.Begin;
            stream.ReadExactly(MemoryMarshal.AsBytes(tensors[i].AsSpan()));
            LittleEndian(tensors[i]);
        }

        if (header.Tensors.Count > tensors.Length)
        {
            SafetensorsTensor unknown = header.Tensors.First(tensor => info.Parameters.All(wanted => wanted.Path != tensor.Name));
            throw new WeightFileException(path, $"is damaged: {info.Name} has no tensor '{unknown.Name}'.");
        }

        return tensors;
    }

    private static void RequireNetwork(string path, SafetensorsHeader header, NetworkInfo info)
    {
        if (!header.Metadata.TryGetValue(Format, out string? version) || !header.Metadata.TryGetValue(Structure, out string? hash))
            throw new WeightFileException(path, $"is a safetensors file, and not one that a NetDsl network saved: its metadata has no '{Format}' and '{Structure}'.");
        if (version != FormatVersion)
            throw new WeightFileException(path, $"has version {version} of the format of NetDsl; this library reads version {FormatVersion}.");
        if (hash == info.StructuralHash) return;
        string name = header.Metadata.GetValueOrDefault(Network, "another network");
        string shapes = string.Create(CultureInfo.InvariantCulture, $"{header.Tensors.Count} tensors and {header.Tensors.Sum(tensor => (tensor.End - tensor.Begin) / sizeof(float))} numbers");
        string own = string.Create(CultureInfo.InvariantCulture, $"{info.Parameters.Length} tensors and {info.Parameters.Sum(tensor => (long)tensor.Elements)} numbers");
        throw new WeightFileException(
            path,
            name == info.Name
                ? $"is of a network {name} of another structure: {shapes}, and {name} now has {own}. Names, order and shapes of the tensors must be the same."
                : $"is of the network {name} ({shapes}) and cannot be loaded into {info.Name} ({own}).");
    }

    private static void RequireTensor(string path, SafetensorsTensor tensor, ParameterTensor wanted)
    {
        if (tensor.Type != "F32") throw new WeightFileException(path, $"is damaged: the tensor '{tensor.Name}' has elements of type {tensor.Type}; F32 is expected.");
        if (!tensor.Shape.SequenceEqual(wanted.Shape.Select(extent => (long)extent)))
            throw new WeightFileException(path, $"is damaged: the tensor '{tensor.Name}' has the shape [{string.Join(", ", tensor.Shape)}]; [{string.Join(", ", wanted.Shape)}] is expected.");
        if (tensor.End - tensor.Begin != (long)wanted.Elements * sizeof(float))
            throw new WeightFileException(path, $"is damaged: the tensor '{tensor.Name}' has {tensor.End - tensor.Begin} bytes; {(long)wanted.Elements * sizeof(float)} are expected.");
    }

    /// <summary>The format's byte order from this machine's, and back.</summary>
    private static void LittleEndian(Span<float> values)
    {
        if (BitConverter.IsLittleEndian) return;
        Span<int> bits = MemoryMarshal.Cast<float, int>(values);
        System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(bits, bits);
    }
}
