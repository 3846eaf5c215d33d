using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Tests.Testing;
using Xunit;

namespace NetDsl.Generators.Tests.Diagnostics;

/// <summary>Each wrong program through the real compiler: the exact rule at the exact place and nothing else.</summary>
public class WrongProgramTests
{
    private static readonly WrongProgram[] All = [.. StructurePrograms.All, .. BlockPrograms.All, .. ShapePrograms.All];

    public static TheoryData<string> Names => [.. All.Select(program => program.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task IsReportedAtItsPlaceAndNothingElse(string name)
    {
        WrongProgram program = All.Single(p => p.ToString() == name);
        var source = new MarkedSource(program.Wrong);

        IReadOnlyList<Diagnostic> found = await TestCompiler.BuildAsync(TestCompiler.Compile(source.Text));

        string text = "using NetDsl;\n" + source.Text;
        Assert.Equal(
            Lines(source.Expected.Select(span => $"{program.Id} at {Show(text, span)}")),
            Lines(found.Select(d => $"{d.Id} at {Show(text, d.Location.SourceSpan)}")));
        Assert.Equal(
            Lines(source.Additional.Select(span => Show(text, span))),
            Lines(found.SelectMany(d => d.AdditionalLocations).Select(l => l.SourceSpan).Distinct().OrderBy(s => s.Start).Select(span => Show(text, span))));
        Assert.All(found, diagnostic => Assert.Equal(Descriptors.All[program.Id].DefaultSeverity, diagnostic.Severity));
        Assert.All(found, diagnostic => Assert.DoesNotMatch(@"\{\d\}", diagnostic.GetMessage()));
        foreach (string part in program.Message) Assert.All(found, diagnostic => Assert.Contains(part, diagnostic.GetMessage(), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ItsTwinIsSilent(string name)
    {
        WrongProgram program = All.Single(p => p.ToString() == name);

        IReadOnlyList<Diagnostic> found = await TestCompiler.BuildAsync(TestCompiler.Compile(program.Right));

        Assert.Equal("", Lines(found.Select(diagnostic => diagnostic.ToString())));
    }

    [Fact]
    public void EveryRuleHasAWrongProgram() =>
        Assert.Equal(Descriptors.All.Keys.Order(StringComparer.Ordinal), All.Select(program => program.Id).Distinct().Order(StringComparer.Ordinal));

    private static string Lines(IEnumerable<string> lines) => string.Join("\n", lines);

    private static string Show(string text, TextSpan span) => $"[{span.Start}..{span.End}) '{text.Substring(span.Start, span.Length)}'";
}
