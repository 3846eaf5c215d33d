using System.Runtime.CompilerServices;
using NetDsl.Generators.Diagnostics;
using Xunit;

namespace NetDsl.Generators.Tests.Diagnostics;

/// <summary>Every name of Keras or PyTorch leads to a layer that exists, is none itself, and stands on the rule's page.</summary>
public class ForeignNameTests
{
    public static TheoryData<string, string> All
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach ((string foreign, string ours) in ForeignNames.All) data.Add(foreign, ours);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void LeadsToALayer(string foreign, string ours)
    {
        Type[] layers = [.. typeof(LayerAttribute).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)];
        Assert.Contains(layers, type => type.Name == ours + "Attribute");
        Assert.DoesNotContain(layers, type => type.Name == foreign + "Attribute");
        Assert.Contains($"| `{foreign}` | `{ours}` |", Page(), StringComparison.Ordinal);
    }

    private static string Page([CallerFilePath] string file = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "docs", "diagnostics", "NDSL0014.md"));
}
