using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetDsl.Files;

/// <summary>
/// Writes the safetensors format (github.com/huggingface/safetensors): the header's length in 8 bytes, little-endian; the
/// header in JSON, padded with spaces to a multiple of 8; the tensors' bytes without gaps.
/// </summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Length and header.</summary>
    public static byte[] Header(IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<(string Name, int[] Shape, long Elements)> tensors)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string name, string value) in metadata) json.WriteString(name, value);
            json.WriteEndObject();
            long offset = 0;
            foreach ((string name, int[] shape, long elements) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (int extent in shape) json.WriteNumberValue(extent);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                offset += elements * sizeof(float);
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        int padded = (buffer.WrittenCount + Alignment - 1) / Alignment * Alignment;
        byte[] header = new byte[sizeof(long) + padded];
        BinaryPrimitives.WriteInt64LittleEndian(header, padded);
        buffer.WrittenSpan.CopyTo(header.AsSpan(sizeof(long)));
        header.AsSpan(sizeof(long) + buffer.WrittenCount).Fill((byte)' ');
        return header;
    }
}
