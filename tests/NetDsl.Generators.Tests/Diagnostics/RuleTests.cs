using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Tests.Testing;
using Xunit;

namespace NetDsl.Generators.Tests.Diagnostics;

/// <summary>Every rule is complete: a descriptor, a page, a row of the release.</summary>
public class RuleTests
{
    private static readonly string[] AllIds =
        [.. typeof(DiagnosticIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    public static TheoryData<string> Ids => [.. AllIds];

    [Theory]
    [MemberData(nameof(Ids))]
    public void HasADescriptorAPageAndARow(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.All[id];
        Assert.EndsWith($"docs/diagnostics/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);

        string page = File.ReadAllText(Path.Combine(Root(), "docs", "diagnostics", $"{id}.md"));
        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains("```csharp", page, StringComparison.Ordinal);

        string generators = Path.Combine(Root(), "generators", "NetDsl.Generators");
        string[] rows = [.. File.ReadAllLines(Path.Combine(generators, "AnalyzerReleases.Shipped.md")), .. File.ReadAllLines(Path.Combine(generators, "AnalyzerReleases.Unshipped.md"))];
        Assert.Single(rows, row => row.StartsWith($"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} |", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task ThePagesExampleIsReportedUnderItsRuleAlone(string id)
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "diagnostics", $"{id}.md"));
        string example = page.Split("```csharp\n")[1].Split("```")[0];

        IReadOnlyList<Diagnostic> found = await TestCompiler.BuildAsync(TestCompiler.Compile(example));

        Assert.Equal(id, Assert.Single(found).Id);
    }

    [Fact]
    public void IdsAreUniqueAndNoDescriptorOrPageIsLeftOver()
    {
        Assert.Equal(AllIds.Length, AllIds.Distinct().Count());
        Assert.Equal(AllIds.Order(StringComparer.Ordinal), Descriptors.All.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            AllIds.Order(StringComparer.Ordinal),
            Directory.GetFiles(Path.Combine(Root(), "docs", "diagnostics"), "NDSL*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ErrorsCannotBeConfiguredAndWarningsCan() => Assert.All(Descriptors.All.Values, descriptor =>
        Assert.Equal(descriptor.DefaultSeverity == DiagnosticSeverity.Error, descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable)));

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
