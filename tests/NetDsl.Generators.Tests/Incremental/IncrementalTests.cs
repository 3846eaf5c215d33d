using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetDsl.Generators.Tests.Testing;
using Xunit;

namespace NetDsl.Generators.Tests.Incremental;

/// <summary>What an edit makes the generator do again, asserted by the reasons of its steps.</summary>
public class IncrementalTests
{
    private const string First = "[Network, Input(4), Block<Wide>(5), Dense(3), CrossEntropy] partial class First { int F() => 1; }";
    private const string Second = "[Network, Input(4), Dense(3), CrossEntropy] partial class Second;";
    private const string Blocks = "[Block, Dense(Width)] class Wide { const int Width = 8; }";

    [Theory]
    [InlineData("int F() => 1;", "int F() => 2;")]
    [InlineData("partial class First", "/* a comment */ partial class First")]
    [InlineData("[Network, Input(4), Block", "[Network] [Input(4)] [Block")]
    [InlineData("using NetDsl;", "using NetDsl;\n\n\n// Moved down.\n")]
    [InlineData("using NetDsl;", "using NetDsl; class Unrelated { const int X = 1; }")]
    public void AnEditThatDeclaresNothingElseLeavesEveryStepCached(string before, string after)
    {
        var session = new Session(First, Second, Blocks);

        session.Edit(0, text => Replace(text, before, after));

        foreach (string network in new[] { "First", "Second" })
        {
            // The gather runs again at each change of a compilation, and may find its answer in the cache.
            Assert.Contains(session.Reason(TrackingNames.Gather, network), new[] { IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached });
            Assert.Equal(IncrementalStepRunReason.Cached, session.Reason(TrackingNames.Shapes, network));
            Assert.Equal(IncrementalStepRunReason.Cached, session.Reason(TrackingNames.Surface, network));
            Assert.Equal(IncrementalStepRunReason.Cached, session.Reason(TrackingNames.Kernels, network));
        }

        Assert.All(session.OutputReasons(), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void ANetworksOwnEditEmitsItAndNoOther()
    {
        var session = new Session(First, Second, Blocks);

        session.Edit(0, text => Replace(text, "Dense(3)", "Dense(4)"));

        session.AssertEmittedAgain("First");
        session.AssertCached("Second");
    }

    [Fact]
    public void AnEditOfABlockEmitsTheNetworksThatUseItAndNoOther()
    {
        const string third = "[Network, Input(4), Block<Outer>, CrossEntropy] partial class Third;";
        var session = new Session(First, Second, third, Blocks + " [Block, Dense(2), Residual<Wide>(2)] class Outer;");

        session.Edit(3, text => Replace(text, "Dense(Width)", "Dense(Width, Activation = Activation.Tanh)"));

        session.AssertEmittedAgain("First");
        session.AssertEmittedAgain("Third");
        session.AssertCached("Second");
    }

    [Fact]
    public void ABlocksDefaultChangesTheNetworksThatTakeIt()
    {
        const string third = "[Network, Input(4), Block<Wide>, CrossEntropy] partial class Third;";
        var session = new Session(First, Second, third, Blocks);

        session.Edit(3, text => Replace(text, "Width = 8", "Width = 9"));

        session.AssertEmittedAgain("Third");
        session.AssertCached("Second");

        // The first gives a width of its own: it is looked at again, and its text comes out as it was.
        Assert.Equal(IncrementalStepRunReason.Modified, session.Reason(TrackingNames.Shapes, "First"));
        Assert.Equal(IncrementalStepRunReason.Unchanged, session.Reason(TrackingNames.Surface, "First"));
        Assert.Equal(IncrementalStepRunReason.Unchanged, session.Reason(TrackingNames.Kernels, "First"));
    }

    [Fact]
    public void AnotherNetworkLeavesTheFirstOnesCached()
    {
        var session = new Session(First, Second, Blocks);

        session.Add("[Network, Input(2), Dense(2), CrossEntropy] partial class Third;");

        session.AssertCached("First");
        session.AssertCached("Second");
        Assert.Equal(IncrementalStepRunReason.New, session.Reason(TrackingNames.Surface, "Third"));
    }

    [Fact]
    public void AMistakeAndItsMendBothRunAgain()
    {
        var session = new Session(First, Second, Blocks);

        session.Edit(0, text => Replace(text, "Dense(3)", "Dense(0)"));
        session.AssertEmittedAgain("First");
        session.AssertCached("Second");

        session.Edit(0, text => Replace(text, "Dense(0)", "Dense(3)"));
        session.AssertEmittedAgain("First");
    }

    [Fact]
    public void FilesAreNamedForTheFullNameAndNeverCollide()
    {
        var session = new Session(
            "namespace A { [Network, Input(2), Dense(2), CrossEntropy] partial class Net; partial class Outer { [Network, Input(2), Dense(2), CrossEntropy] partial class Net; } }",
            "namespace A { [Network, Input(2), Dense(2), CrossEntropy] partial class NET; [Network, Input(2), Dense(2), CrossEntropy] class NotPartial; }");

        string[] names = session.HintNames();

        Assert.Contains("A.Outer+Net.g.cs", names);
        Assert.Contains("A.Outer+Net.Cpu.g.cs", names);
        Assert.Equal(3, names.Count(name => name.EndsWith(".Cpu.g.cs", StringComparison.Ordinal)));
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.DoesNotContain(names, name => name.Contains("NotPartial", StringComparison.Ordinal));
    }

    [Fact]
    public void TwoNetworkAttributesOnOneClassAreWrittenOnce()
    {
        var session = new Session("[Network, Input(2), Dense(2), CrossEntropy] partial class Net;", "[Network] partial class Net;");

        Assert.Equal(["Net.Cpu.g.cs", "Net.g.cs"], session.HintNames().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void CancellationStopsIt()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGenerators(TestCompiler.Compile(First, Blocks), cancelled.Token));
    }

    private static string Replace(string text, string before, string after)
    {
        Assert.Contains(before, text, StringComparison.Ordinal);
        return text.Replace(before, after, StringComparison.Ordinal);
    }

    /// <summary>An editor's session: one driver over a compilation that changes.</summary>
    private sealed class Session
    {
        private CSharpCompilation _compilation;
        private GeneratorDriver _driver;

        public Session(params string[] sources)
        {
            _compilation = TestCompiler.Compile(sources);
            _driver = CSharpGeneratorDriver.Create(
                [new NetworkGenerator().AsSourceGenerator()],
                parseOptions: TestCompiler.ParseOptions,
                driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)).RunGenerators(_compilation);
            Assert.Null(Result.Exception);
        }

        private GeneratorRunResult Result => _driver.GetRunResult().Results[0];

        public void Edit(int file, Func<string, string> edit)
        {
            SyntaxTree tree = _compilation.SyntaxTrees[file];
            Run(_compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(edit(tree.GetText().ToString()), TestCompiler.ParseOptions, tree.FilePath)));
        }

        public void Add(string source) => Run(_compilation.AddSyntaxTrees(TestCompiler.Parse(source, "Added.cs")));

        public void AssertEmittedAgain(string network)
        {
            Assert.Equal(IncrementalStepRunReason.Modified, Reason(TrackingNames.Gather, network));
            Assert.Equal(IncrementalStepRunReason.Modified, Reason(TrackingNames.Shapes, network));

            Assert.Equal(IncrementalStepRunReason.Modified, Reason(TrackingNames.Surface, network));
            Assert.Equal(IncrementalStepRunReason.Modified, Reason(TrackingNames.Kernels, network));
        }

        public void AssertCached(string network)
        {
            Assert.NotEqual(IncrementalStepRunReason.Modified, Reason(TrackingNames.Gather, network));
            Assert.Equal(IncrementalStepRunReason.Cached, Reason(TrackingNames.Shapes, network));
            Assert.Equal(IncrementalStepRunReason.Cached, Reason(TrackingNames.Surface, network));
            Assert.Equal(IncrementalStepRunReason.Cached, Reason(TrackingNames.Kernels, network));
        }

        public IncrementalStepRunReason Reason(string step, string network) => Result.TrackedSteps[step]
            .SelectMany(run => run.Outputs)
            .Single(output => NetworkOf(output.Value) == network)
            .Reason;

        public IEnumerable<IncrementalStepRunReason> OutputReasons() =>
            Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Reason);

        public string[] HintNames() => [.. Result.GeneratedSources.Select(source => source.HintName)];

        private void Run(CSharpCompilation compilation)
        {
            _compilation = compilation;
            _driver = _driver.RunGenerators(compilation);
            Assert.Null(Result.Exception);
        }

        private static string NetworkOf(object value) => value switch
        {
            Model.NetworkSpec spec => spec.Type.Name,
            Driver.ShapedNetwork shaped => shaped.Spec.Type.Name,
            Driver.GeneratedFile file => file.HintName.Split('.')[0],
            _ => throw new InvalidOperationException($"A step gives {value}."),
        };
    }
}
