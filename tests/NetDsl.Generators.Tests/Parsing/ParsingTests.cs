using Microsoft.CodeAnalysis.CSharp;
using NetDsl.Generators.Model;
using NetDsl.Generators.Parsing;
using NetDsl.Generators.Tests.Testing;
using Xunit;

namespace NetDsl.Generators.Tests.Parsing;

/// <summary>What Parsing reads from correct declarations.</summary>
public class ParsingTests
{
    [Fact]
    public void LayersAreReadInSourceOrderWithTheArgumentsThatWereGiven()
    {
        NetworkSpec spec = Parse("""
            [Network]
            [Input(28, 28, 1), Rescale(1 / 255.0)]
            [Conv2D(kernel: 3, filters: 1 << 3, Activation = Activation.ReLU)] [Flatten]
            [Dense(10, UseBias = false, Name = nameof(Net) + "!")]
            [CrossEntropy]
            partial class Net;
            """);

        Assert.False(spec.Incomplete);
        Assert.Equal(
            [
                "Input(shape: [28, 28, 1])",
                "Rescale(scale: 0.00392156862745098)",
                "Conv2D(kernel: 3, filters: 8, Activation: Activation.ReLU)",
                "Flatten()",
                "Dense(units: 10, UseBias: false, Name: \"Net!\")",
                "CrossEntropy()",
            ],
            spec.Layers.Select(Show));
        Assert.Equal([1, 2, 3, 4, 5, 6], spec.Layers.Select(layer => layer.Source.Attribute));
        Assert.All(spec.Layers, layer => Assert.Equal("Net", layer.Source.Type));
    }

    [Theory]
    [InlineData("Input(4)", "Input(shape: [4])")]
    [InlineData("Input(new[] { 4, 5 })", "Input(shape: [4, 5])")]
    [InlineData("Input(shape: new int[] { 4, 5 })", "Input(shape: [4, 5])")]
    [InlineData("Input([4, 5])", "Input(shape: [4, 5])")]
    [InlineData("Input(4, Name = \"x\")", "Input(shape: [4], Name: \"x\")")]
    [InlineData("Rescale(2)", "Rescale(scale: 2)")]
    [InlineData("Rescale(offset: -1.5f, scale: 2)", "Rescale(offset: -1.5, scale: 2)")]
    [InlineData("NetDsl.DenseAttribute('a')", "Dense(units: 97)")]
    [InlineData("Dense(Net.Units / 2)", "Dense(units: 4)")]
    public void ArgumentsInANetworkAreFolded(string attribute, string expected)
    {
        NetworkSpec spec = Parse($"[Network, {attribute}] partial class Net {{ public const int Units = 8; }}");

        Assert.False(spec.Incomplete);
        Assert.Equal(expected, Show(Assert.Single(spec.Layers)));
    }

    [Theory]
    [InlineData("Width", "Width")]
    [InlineData("B.Width * 2 + 1", "((Width * 2) + 1)")]
    [InlineData("-(Width - 3) % 7", "(-(Width - 3) % 7)")]
    [InlineData("Deep && Width >= 4 || !Deep ? Width : 3", "(((Deep && (Width >= 4)) || !Deep) ? Width : 3)")]
    [InlineData("Other.Size + Width", "(5 + Width)")]
    [InlineData("(int)2.9", "2")]
    [InlineData("1 << 4", "16")]
    [InlineData("Kind == Activation.ReLU ? 1 : 2", "((Kind == Activation.ReLU) ? 1 : 2)")]
    public void ArgumentsInABlockAreExpressionsOverItsConstants(string argument, string expected)
    {
        NetworkSpec spec = Parse($$"""
            [Network, Input(4), Block<B>] partial class Net;
            [Block, Dense({{argument}})] class B { const int Width = 8; const bool Deep = true; const Activation Kind = Activation.Tanh; }
            static class Other { public const int Size = 5; }
            """);

        Assert.False(spec.Incomplete);
        Assert.Empty(spec.Errors);
        ValueExpression value = Assert.Single(Assert.Single(Assert.Single(spec.Blocks).Layers).Arguments).Value;
        Assert.Equal(expected, value.ToString());
    }

    [Fact]
    public void ABlocksConstantsAreItsParametersInSourceOrder()
    {
        NetworkSpec spec = Parse("""
            [Network, Input(4), Block<Outer.B>(3, Repeat = 2)] partial class Net;
            class Outer { [Block, Dense(Wide)] public class B { const int Width = 8, Wide = Width * 2; const float Rate = 0.5f; const string Name = "b" + "c"; int _notConstant; } }
            """);

        BlockSpec block = Assert.Single(spec.Blocks);
        Assert.Equal("Outer+B", block.Type);
        Assert.Equal("B", block.Name);
        Assert.Equal(["Width = 8", "Wide = (Width * 2)", "Rate = 0.5", "Name = (\"b\" + \"c\")"], block.Parameters.Select(p => $"{p.Name} = {p.Default}"));
        Assert.Equal("Block<Outer+B>(arguments: [3], Repeat: 2)", Show(spec.Layers[1]));
    }

    [Fact]
    public void BlocksAreCollectedOnceEachInOrdinalOrder()
    {
        NetworkSpec spec = Parse("""
            [Network, Input(4), Block<C>, Residual<A, B>, Block<C>] partial class Net;
            [Block, Dense(4)] class A;
            [Block, Block<A>] class B;
            [Block, Block<B>, Residual<D>] class C;
            [Block, Dense(4)] class D;
            [Block, Dense(4)] class Unused;
            """);

        Assert.Empty(spec.Errors);
        Assert.Equal(["A", "B", "C", "D"], spec.Blocks.Select(block => block.Type));
    }

    [Fact]
    public void AnEnumsMembersComeInOrderOfValue()
    {
        NetworkSpec spec = Parse("enum Kind { Two = 2, Zero = 0, Nought = 0, One = 1 } [Network, Input(4), CrossEntropy<Kind>] partial class Net;");

        TypeArgumentSpec argument = Assert.Single(spec.Layers[1].TypeArguments);
        Assert.Equal("Kind", argument.Type);
        Assert.Equal(["Kind.Zero=0", "Kind.One=1", "Kind.Two=2"], argument.EnumMembers.Select(m => $"{m}={m.Value}"));
    }

    [Fact]
    public void TheTypeIsReadWithItsSurroundings()
    {
        NetworkSpec spec = Parse("""
            namespace A.B;
            public partial class Outer
            {
                /// <summary>Mine.</summary>
                [Network(Inspectable = true, InputGradients = true), Input(4)]
                protected internal sealed partial record @class;
            }
            """, "A.B.Outer+class");

        Assert.True(spec.Inspectable);
        Assert.True(spec.InputGradients);
        Assert.True(spec.Type.Documented);
        Assert.Equal("A.B", spec.Type.Namespace);
        Assert.Equal("A.B.Outer+class", spec.Type.MetadataName);
        Assert.Equal(new TypeDeclaration("class", "Outer", "public"), Assert.Single(spec.Type.Containing));
        Assert.Equal(new TypeDeclaration("record", "@class", "protected internal"), spec.Type.Declaration);
    }

    [Theory]
    [InlineData("[Network]", Precision.Float32)]
    [InlineData("[Network(Precision = Precision.Float32)]", Precision.Float32)]
    [InlineData("[Network(Precision = Precision.TF32)]", Precision.TF32)]
    [InlineData("[Network(Precision = (Precision)7)]", Precision.Float32)]
    public void ThePrecisionOfMatrixProducts(string attribute, Precision expected) =>
        Assert.Equal((int)expected, (int)Parse(attribute + " [Input(4)] partial class Net;", "Net").Precision);

    [Theory]
    [InlineData("", false)]
    [InlineData("// plain\n", false)]
    [InlineData("//// separator\n", false)]
    [InlineData("/* plain */\n", false)]
    [InlineData("/// <summary>Doc.</summary>\n", true)]
    [InlineData("/** <summary>Doc.</summary> */\n", true)]
    public void ADocCommentIsSeenWhetherTheCompilerParsesThemOrNot(string comment, bool documented)
    {
        foreach (Microsoft.CodeAnalysis.DocumentationMode mode in Enum.GetValues<Microsoft.CodeAnalysis.DocumentationMode>())
        {
            CSharpCompilation compilation = TestCompiler.Compile("");
            compilation = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
                "using NetDsl;\n" + comment + "[Network, Input(4)] partial class Net;", TestCompiler.ParseOptions.WithDocumentationMode(mode), "Doc.cs"));
            Assert.Equal(documented, NetworkParser.Parse(compilation.GetTypeByMetadataName("Net")!, compilation, default).Type.Documented);
        }
    }

    [Fact]
    public void EqualSourceGivesEqualSpecsAndAnotherNumberAnotherOne()
    {
        const string source = "[Network, Input(4), Block<B>(5), CrossEntropy] partial class Net; [Block, Dense(Width, Activation = Activation.ReLU)] class B { const int Width = 8; }";

        Assert.Equal(Parse(source), Parse("// Moved down.\n\n" + source));
        Assert.Equal(Parse(source).GetHashCode(), Parse(source + " class Other;").GetHashCode());
        Assert.NotEqual(Parse(source), Parse(source.Replace("(5)", "(6)", StringComparison.Ordinal)));
        Assert.NotEqual(Parse(source), Parse(source.Replace("Width = 8", "Width = 9", StringComparison.Ordinal)));
        Assert.NotEqual(Parse(source), Parse(source.Replace("ReLU", "Tanh", StringComparison.Ordinal)));
    }

    [Fact]
    public void GeneratedPartsChangeNothing()
    {
        const string source = "[Network, Input(4), Dense(3), CrossEntropy] partial class Net;";
        CSharpCompilation plain = TestCompiler.Compile(source);
        CSharpCompilation extended = plain.AddSyntaxTrees(TestCompiler.Parse("/// <remarks>Table.</remarks>\n[System.Serializable] partial class Net;", "Net.g.cs"));

        Assert.Equal(Parse(plain), Parse(extended));
    }

    private static NetworkSpec Parse(string source, string type = "Net") => Parse(TestCompiler.Compile(source), type);

    private static NetworkSpec Parse(CSharpCompilation compilation, string type = "Net") =>
        NetworkParser.Parse(compilation.GetTypeByMetadataName(type)!, compilation, default);

    private static string Show(LayerSpec layer)
    {
        string types = layer.TypeArguments.Length == 0 ? "" : "<" + string.Join(", ", layer.TypeArguments.Select(t => t.Type)) + ">";
        return layer.Kind + types + "(" + string.Join(", ", layer.Arguments.Select(a => $"{a.Parameter}: {a.Value}")) + ")";
    }
}
