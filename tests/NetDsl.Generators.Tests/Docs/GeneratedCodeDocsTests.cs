using System.Runtime.CompilerServices;
using NetDsl.Conformance.Harness;
using Xunit;

namespace NetDsl.Generators.Tests.Docs;

/// <summary>What the docs show as generated code, or as source, stands in the real files, so that it cannot drift.</summary>
public sealed class GeneratedCodeDocsTests
{
    private static readonly string s_root = Root();

    /// <summary>Every C# block of the walk through the generated code is a run of lines of the MNIST sample's generated files.</summary>
    [Fact]
    public void The_walk_through_shows_the_samples_real_files()
    {
        List<string[]> blocks = Blocks("docs/generated-code.md", marker: null);
        Assert.InRange(blocks.Count, 6, 30);
        string[][] files = GeneratedFiles();
        foreach (string[] block in blocks) AssertStands(block, files, "the generated files of samples/03-MnistCnn");
    }

    /// <summary>The README's block of generated code is marked by a comment.</summary>
    [Fact]
    public void The_readme_shows_real_lines_of_the_generated_backward()
    {
        string[] block = Assert.Single(Blocks("README.md", marker: "<!-- generated -->"));
        AssertStands(block, GeneratedFiles(), "the generated files of samples/03-MnistCnn");
        Assert.Contains(block, line => line.Contains("backward", StringComparison.Ordinal));
    }

    [Fact]
    public void The_readme_shows_the_samples_class()
    {
        string[] block = Blocks("README.md", marker: null)[0];
        AssertStands(block, [Lines(File.ReadAllText(Path.Combine(s_root, "samples/03-MnistCnn/MnistCnn.cs")))], "samples/03-MnistCnn/MnistCnn.cs");
    }

    [Fact]
    public void The_architectures_example_of_a_layer_is_its_real_rule()
    {
        string[] block = Assert.Single(Blocks("docs/architecture.md", marker: "<!-- source: generators/NetDsl.Generators/Shapes/Layers/DropoutLayer.cs -->"));
        AssertStands(block, [Lines(File.ReadAllText(Path.Combine(s_root, "generators/NetDsl.Generators/Shapes/Layers/DropoutLayer.cs")))], "DropoutLayer.cs");
    }

    private static string[][] GeneratedFiles()
    {
        string source = File.ReadAllText(Path.Combine(s_root, "samples/03-MnistCnn/MnistCnn.cs"));
        string gpu = File.ReadAllText(Path.Combine(s_root, "tests/NetDsl.Generators.Tests/Emit/MnistCnn.Gpu.verified.cs"));
        return [.. NetworkCompiler.Generate(source, ProjectSettings.Ordinary).Files.Values.Append(gpu).Select(Lines)];
    }

    /// <summary>The C# blocks of a page, lines trimmed; with a marker only those that follow it.</summary>
    private static List<string[]> Blocks(string page, string? marker)
    {
        string[] lines = Lines(File.ReadAllText(Path.Combine(s_root, page)));
        var blocks = new List<string[]>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] != "```csharp" || (marker is not null && (i == 0 || lines[i - 1] != marker))) continue;
            int end = Array.IndexOf(lines, "```", i);
            blocks.Add(lines[(i + 1)..end]);
        }

        return blocks;
    }

    private static void AssertStands(string[] block, string[][] files, string where)
    {
        Assert.NotEmpty(block);
        bool stands = files.Any(file => Enumerable.Range(0, Math.Max(0, file.Length - block.Length + 1)).Any(start => file.AsSpan(start, block.Length).SequenceEqual(block)));
        Assert.True(stands, $"This block does not stand in {where}:\n{string.Join("\n", block)}");
    }

    private static string[] Lines(string text) => [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())];

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
