using System.Reflection;
using System.Text.Json;

namespace NetDsl.Conformance.Goldens;

/// <summary>A case of the golden numbers that <c>make_goldens.py</c> writes.</summary>
internal sealed class Golden
{
    private readonly JsonElement _case;

    private Golden(JsonElement golden) => _case = golden;

    /// <summary>Names of the cases of one file.</summary>
    public static IEnumerable<string> Cases(string file) => Read(file).EnumerateObject().Select(property => property.Name);

    /// <summary>One case of a file.</summary>
    public static Golden Load(string file, string name) => new(Read(file).GetProperty(name));

    /// <summary>The elements of a tensor in row-major order.</summary>
    public double[] this[string tensor] => [.. Tensor(tensor).GetProperty("data").EnumerateArray().Select(e => e.GetDouble())];

    /// <summary>Its shape, the samples included.</summary>
    public int[] Shape(string tensor) => [.. Tensor(tensor).GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())];

    public int Int(string attribute) => _case.GetProperty("attributes").GetProperty(attribute).GetInt32();

    public double Double(string attribute) => _case.GetProperty("attributes").GetProperty(attribute).GetDouble();

    public string Text(string attribute) => _case.GetProperty("attributes").GetProperty(attribute).GetString()!;

    private JsonElement Tensor(string tensor) => _case.GetProperty("tensors").GetProperty(tensor);

    private static JsonElement Read(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file + ".json")
            ?? throw new ArgumentException($"There is no {file}.json among the goldens.", nameof(file));
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
