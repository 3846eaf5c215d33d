using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using NetDsl.Conformance.Harness;
using NetDsl.Generators.Tests.Testing;
using Xunit;

namespace NetDsl.Generators.Tests.Docs;

/// <summary>What docs/getting-started.md tells a newcomer to type compiles, and what it says the compiler answers is what it answers.</summary>
public sealed partial class GettingStartedDocsTests
{
    private const string Usings = "using System; using System.IO; using System.Linq; using System.Collections.Generic; using System.Threading;\n";

    /// <summary>The page's blocks of C#: a network in a file of its own, and the parts of one Program.cs in order.</summary>
    [Fact]
    public void The_program_compiles_without_a_warning()
    {
        string[] blocks = [.. Blocks("csharp").Select(block => block.Replace("using NetDsl;", "", StringComparison.Ordinal))];
        string network = Assert.Single(blocks, block => block.Contains("[Network]", StringComparison.Ordinal));
        string[] program = [.. blocks.Where(block => block != network)];
        Assert.InRange(program.Length, 4, 20);
        string source = $"using NetDsl; {Usings}{network}\npublic static class Program {{ public static void Main() {{\n{string.Concat(program)}\n}} }}";

        byte[] assembly = NetworkCompiler.Compile(source, ProjectSettings.Ordinary).Assembly;

        Assert.NotNull(Assembly.Load(assembly).GetType("Program"));
    }

    /// <summary>The page's mistake, at the line and column and in the words that the page shows.</summary>
    [Fact]
    public async Task The_mistake_is_answered_as_shown()
    {
        string network = Blocks("csharp").Single(block => block.Contains("[Network]", StringComparison.Ordinal));
        Match shown = Blocks("text").Select(text => ShownDiagnostic().Match(text)).Single(match => match.Success);

        // The compiler of the tests writes the first line, the using, itself.
        string wrong = network.Replace("using NetDsl;\n", "", StringComparison.Ordinal).Replace("[Dense(3)]", "[Dense(4)]", StringComparison.Ordinal);
        Diagnostic answer = Assert.Single(await TestCompiler.BuildAsync(TestCompiler.Compile(wrong)));

        Assert.Equal(shown.Groups["id"].Value, answer.Id);
        Assert.Equal(shown.Groups["message"].Value, answer.GetMessage(null));
        FileLinePositionSpan place = answer.Location.GetLineSpan();
        Assert.Equal(shown.Groups["place"].Value, $"{place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}");
    }

    private static List<string> Blocks(string language)
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs/getting-started.md")).ReplaceLineEndings("\n");
        return [.. Regex.Matches(page, $"```{language}\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex(@"^Flowers\.cs\((?<place>\d+,\d+)\): error (?<id>NDSL\d+): (?<message>.*)$", RegexOptions.Multiline)]
    private static partial Regex ShownDiagnostic();

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
