using System.Text.Json;

namespace NetDsl.Files;

/// <summary>A vocabulary as a file: a JSON object with one array of strings.</summary>
internal static class TokenizerFile
{
    public static void Write(string path, string property, IEnumerable<string> entries) => AtomicFile.Write(path, stream =>
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartArray(property);
        foreach (string entry in entries) json.WriteStringValue(entry);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <exception cref="InvalidDataException">The file is damaged or no tokenizer's.</exception>
    public static List<string> Read(string path, string property)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(property, out JsonElement array) || array.ValueKind != JsonValueKind.Array)
                throw Damaged(path, $"it has no array \"{property}\"");
            List<string> entries = [];
            foreach (JsonElement element in array.EnumerateArray())
            {
                if (element.ValueKind != JsonValueKind.String) throw Damaged(path, $"entry {entries.Count + 1} of \"{property}\" is no string");
                entries.Add(element.GetString()!);
            }

            return entries;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Damaged(path, $"it is not JSON ({error.Message.TrimEnd('.')})", error);
        }
    }

    public static InvalidDataException Damaged(string path, string what, Exception? inner = null) => new($"The file '{path}' is not a tokenizer's: {what}.", inner);
}
