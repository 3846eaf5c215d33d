using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using NetDsl.CodeFixes;
using NetDsl.Generators.Tests.Testing;
using Xunit;

namespace NetDsl.Generators.Tests.CodeFixes;

/// <summary>Each fix gives exactly the expected text, and a program about which nothing is said.</summary>
public class CodeFixTests
{
    [Theory]
    [InlineData(
        "[Network]\n    [Input(8, 8, 3)]\n    [Dense(10)] // the head\n    [CrossEntropy]\n    partial class Net;",
        "[Network]\n    [Input(8, 8, 3)]\n    [Flatten]\n    [Dense(10)] // the head\n    [CrossEntropy]\n    partial class Net;")]
    [InlineData(
        "[Network, Input(8, 8, 3)]\r\n\t[Dense(10)]\r\n\t[CrossEntropy]\r\npartial class Net;",
        "[Network, Input(8, 8, 3)]\r\n\t[Flatten]\r\n\t[Dense(10)]\r\n\t[CrossEntropy]\r\npartial class Net;")]
    [InlineData(
        "[Network, Input(8, 8, 3)]\n[Conv2D(4, 3), Dense(10)]\n[CrossEntropy]\npartial class Net;",
        "[Network, Input(8, 8, 3)]\n[Conv2D(4, 3), Flatten, Dense(10)]\n[CrossEntropy]\npartial class Net;")]
    [InlineData(
        "[Network] [Input(8, 8, 3)] [NetDsl.Dense(10)] [CrossEntropy] partial class Net;",
        "[Network] [Input(8, 8, 3)] [NetDsl.Flatten] [NetDsl.Dense(10)] [CrossEntropy] partial class Net;")]
    [InlineData(
        "[Network, Input(8, 8, 3), Block<Head>(10), CrossEntropy] partial class Net;\n[Block]\n[Dense(Units)]\nclass Head { const int Units = 3; }",
        "[Network, Input(8, 8, 3), Block<Head>(10), CrossEntropy] partial class Net;\n[Block]\n[Flatten]\n[Dense(Units)]\nclass Head { const int Units = 3; }")]
    public async Task FlattenIsPutBeforeDense(string before, string after) => await AssertFixAsync(new FlattenCodeFix(), before, after);

    [Theory]
    [InlineData(
        "[Network, Input(4), Dense(3), CrossEntropy]\n/* kept */ public sealed class Net;",
        "[Network, Input(4), Dense(3), CrossEntropy]\n/* kept */ public sealed partial class Net;")]
    [InlineData(
        "[Network, Input(4), Dense(3), CrossEntropy]\nclass Net;",
        "[Network, Input(4), Dense(3), CrossEntropy]\npartial class Net;")]
    [InlineData(
        "static class A { partial struct B { [Network, Input(4), Dense(3), CrossEntropy] record Net; } }",
        "static partial class A { partial struct B { [Network, Input(4), Dense(3), CrossEntropy] partial record Net; } }")]
    [InlineData(
        "class A { [Network, Input(4), Dense(3), CrossEntropy] partial class Net; }",
        "partial class A { [Network, Input(4), Dense(3), CrossEntropy] partial class Net; }")]
    public async Task TheClassIsMadePartial(string before, string after) => await AssertFixAsync(new MakePartialCodeFix(), before, after);

    [Theory]
    [InlineData(
        """[Network, Input(4), Dense(4, Name = "stem"), Dense(4), Add("stm"), Dense(3), CrossEntropy] partial class Net;""",
        """[Network, Input(4), Dense(4, Name = "stem"), Dense(4), Add("stem"), Dense(3), CrossEntropy] partial class Net;""")]
    [InlineData(
        """[Network, Input(4), Block<B>, Dense(3), CrossEntropy] partial class Net; [Block, Dense(4, Name = "stem"), Dense(4), Add("stm")] class B;""",
        """[Network, Input(4), Block<B>, Dense(3), CrossEntropy] partial class Net; [Block, Dense(4, Name = "stem"), Dense(4), Add("stem")] class B;""")]
    public async Task TheNearestNameTakesThePlaceOfAnUnknownOne(string before, string after) => await AssertFixAsync(new RenameToNearestCodeFix(), before, after);

    [Theory]
    [InlineData("""[Network, Input(4), Dense(4, Name = "stem"), From("elsewhere"), Dense(3), CrossEntropy] partial class Net;""")]
    [InlineData("""[Network, Input(4), Dense(4, Name = "stem"), From(Name), Dense(3), CrossEntropy] partial class Net { const string Name = "stm"; }""")]
    public async Task NoNameIsOfferedWhereNoneIsNearOrItIsWrittenElsewhere(string source)
    {
        (Document document, IReadOnlyList<Diagnostic> diagnostics) = await OpenAsync(source);

        Assert.Empty(await FixesAsync(new RenameToNearestCodeFix(), document, Assert.Single(diagnostics)));
    }

    [Theory]
    [InlineData(
        "[Network, Input(8, 8, 3)]\n[GlobalAveragePooling2D] // here\n[Dense(3), CrossEntropy] partial class Net;",
        "[Network, Input(8, 8, 3)]\n[GlobalAveragePool2D] // here\n[Dense(3), CrossEntropy] partial class Net;")]
    [InlineData(
        "[Network, Input(4), NetDsl.Linear(3), CrossEntropy] partial class Net;",
        "[Network, Input(4), NetDsl.Dense(3), CrossEntropy] partial class Net;")]
    [InlineData(
        "[Network, Input(4), Dense(3), Tanh, Dense(3), CrossEntropy] partial class Net;",
        "[Network, Input(4), Dense(3), Activation(Activation.Tanh), Dense(3), CrossEntropy] partial class Net;")]
    [InlineData(
        "[Network, Input(4), Blok<B>(5), Dense(3), CrossEntropy] partial class Net; [Block, Dense(Units)] class B { const int Units = 4; }",
        "[Network, Input(4), Block<B>(5), Dense(3), CrossEntropy] partial class Net; [Block, Dense(Units)] class B { const int Units = 4; }")]
    public async Task TheNearestLayerReplacesAnUnknownOne(string before, string after) => await AssertFixAsync(new RenameLayerCodeFix(), before, after);

    [Theory]
    [InlineData("CS0246", "[Network, Input(4), Dens(3), CrossEntropy] partial class Net;", 1)]
    [InlineData("CS0246", "[Network, Input(4), Dense(3), CrossEntropy, Table] partial class Net;", 0)]
    [InlineData("CS0246", "[Network, Input(4), Dense(3), CrossEntropy] partial class Net; [Dens] class Other;", 0)]
    [InlineData("CS0246", "[Network, Input(4), Dense(3), CrossEntropy] partial class Net { Dens? _dense; }", 0)]
    public async Task WhatCSharpSaysOfAnUnknownLayerIsFixedToo(string id, string source, int fixes)
    {
        (Document document, _) = await OpenAsync(source);
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        Diagnostic diagnostic = compilation.GetDiagnostics().First(found => found.Id == id);

        Assert.Equal(fixes, (await FixesAsync(new RenameLayerCodeFix(), document, diagnostic)).Count);
    }

    [Fact]
    public async Task AnActivationWithAnArgumentOfItsOwnIsNotReplaced()
    {
        (Document document, IReadOnlyList<Diagnostic> diagnostics) = await OpenAsync("[Network, Input(4), Dense(3), LeakyReLU(0.1), Dense(3), CrossEntropy] partial class Net;");

        Assert.Empty(await FixesAsync(new RenameLayerCodeFix(), document, Assert.Single(diagnostics)));
    }

    private static async Task AssertFixAsync(CodeFixProvider provider, string before, string after)
    {
        (Document document, IReadOnlyList<Diagnostic> diagnostics) = await OpenAsync(before);
        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Contains(diagnostic.Id, provider.FixableDiagnosticIds);

        CodeAction fix = Assert.Single(await FixesAsync(provider, document, diagnostic));
        var applied = Assert.IsType<ApplyChangesOperation>(Assert.Single(await fix.GetOperationsAsync(default)));
        Document mended = applied.ChangedSolution.GetDocument(document.Id)!;

        Assert.Equal("using NetDsl;\n" + after, (await mended.GetTextAsync()).ToString());
        Assert.Empty(await TestCompiler.BuildAsync((await mended.Project.GetCompilationAsync())!));
    }

    private static async Task<(Document Document, IReadOnlyList<Diagnostic> Diagnostics)> OpenAsync(string source)
    {
        CSharpCompilation template = TestCompiler.Compile(source);
        var workspace = new AdhocWorkspace();
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Tested",
            "Tested",
            LanguageNames.CSharp,
            compilationOptions: template.Options,
            parseOptions: TestCompiler.ParseOptions,
            metadataReferences: template.References));
        Document document = project.AddDocument(TestCompiler.FileName, template.SyntaxTrees[0].GetText(), filePath: TestCompiler.FileName);
        return (document, await TestCompiler.BuildAsync((await document.Project.GetCompilationAsync())!));
    }

    private static async Task<IReadOnlyList<CodeAction>> FixesAsync(CodeFixProvider provider, Document document, Diagnostic diagnostic)
    {
        var fixes = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => fixes.Add(action), default));
        return fixes;
    }
}
