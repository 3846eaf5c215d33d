using System.Buffers.Binary;
using System.Text.Json;

namespace NetDsl.Files;

/// <summary>Reads and checks the header of a safetensors file.</summary>
internal static class SafetensorsReader
{
    /// <summary>The longest header, as the format's own reader has it.</summary>
    private const long LongestHeader = 100_000_000;

    /// <summary>Reads the header; the stream is left at the first byte of the data.</summary>
    /// <exception cref="WeightFileException">It is not a whole and consistent safetensors file.</exception>
    public static SafetensorsHeader ReadHeader(string path, Stream stream)
    {
        if (stream.Length < sizeof(long)) throw new WeightFileException(path, $"is not a safetensors file: it has {stream.Length} bytes, and the length of its header alone takes 8.");
        byte[] lengthBytes = new byte[sizeof(long)];
        stream.ReadExactly(lengthBytes);
        long length = BinaryPrimitives.ReadInt64LittleEndian(lengthBytes);
        if (length is < 2 or > LongestHeader) throw new WeightFileException(path, $"is not a safetensors file: its first 8 bytes give a header of {length} bytes.");
        if (length > stream.Length - sizeof(long)) throw new WeightFileException(path, $"is cut off: its header has {length} bytes, and the file has {stream.Length}.");
        byte[] json = new byte[length];
        stream.ReadExactly(json);
        SafetensorsHeader header;
        try
        {
            header = Parse(path, json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new WeightFileException(path, $"is damaged: its header is not valid ({error.Message.TrimEnd('.')}).", error);
        }

        Check(path, header, stream.Length - sizeof(long) - length);
        return header;
    }

    private static SafetensorsHeader Parse(string path, byte[] json)
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        Dictionary<string, SafetensorsTensor> tensors = new(StringComparer.Ordinal);
        using JsonDocument document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new FormatException("it is not an object");
        foreach (JsonProperty entry in document.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
            {
                foreach (JsonProperty text in entry.Value.EnumerateObject())
                    metadata[text.Name] = text.Value.GetString() ?? throw new FormatException($"the metadata '{text.Name}' is null");
            }
            else if (!tensors.TryAdd(entry.Name, Tensor(path, entry)))
            {
                throw new FormatException($"the tensor '{entry.Name}' is there twice");
            }
        }

        return new SafetensorsHeader(metadata, [.. tensors.Values.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End)]);
    }

    private static SafetensorsTensor Tensor(string path, JsonProperty entry)
    {
        string type = Property(entry, "dtype").GetString() ?? throw new FormatException($"the type of the tensor '{entry.Name}' is null");
        long[] shape = [.. Property(entry, "shape").EnumerateArray().Select(extent => extent.GetInt64())];
        long[] offsets = [.. Property(entry, "data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets.Length != 2) throw new FormatException($"the tensor '{entry.Name}' has {offsets.Length} offsets");
        if (shape.Any(extent => extent < 0)) throw new WeightFileException(path, $"is damaged: the tensor '{entry.Name}' has a negative extent.");
        return new SafetensorsTensor(entry.Name, type, shape, offsets[0], offsets[1]);
    }

    private static JsonElement Property(JsonProperty entry, string name) =>
        entry.Value.TryGetProperty(name, out JsonElement value) ? value : throw new FormatException($"the tensor '{entry.Name}' has no '{name}'");

    /// <summary>Tensors follow each other without gap or overlap, and end where the file ends.</summary>
    private static void Check(string path, SafetensorsHeader header, long dataBytes)
    {
        long expected = 0;
        foreach (SafetensorsTensor tensor in header.Tensors)
        {
            if (tensor.Begin < 0 || tensor.End < tensor.Begin)
                throw new WeightFileException(path, $"is damaged: the tensor '{tensor.Name}' lies from byte {tensor.Begin} to {tensor.End}.");
            if (tensor.Begin != expected)
            {
                string how = tensor.Begin < expected ? "overlaps the one before it" : "leaves a gap behind the one before it";
                throw new WeightFileException(path, $"is damaged: the tensor '{tensor.Name}' {how}.");
            }

            expected = tensor.End;
        }

        if (expected > dataBytes) throw new WeightFileException(path, $"is cut off: its tensors need {expected} bytes, and {dataBytes} are there.");
        if (expected < dataBytes) throw new WeightFileException(path, $"is damaged: {dataBytes - expected} bytes follow its last tensor.");
    }
}
