using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetDsl.Generators.Parsing;
using NetDsl.Generators.Tests.Testing;
using Xunit;

namespace NetDsl.Generators.Tests.Parsing;

/// <summary>While an attribute is being typed, C# says what is missing and nothing else is said.</summary>
public class HalfTypedTests
{
    [Theory]
    [InlineData("Dense")]
    [InlineData("Dense(")]
    [InlineData("Dense()")]
    [InlineData("Dense(,)")]
    [InlineData("Dense(3,")]
    [InlineData("Dense(3, Act")]
    [InlineData("Dense(3, Act)")]
    [InlineData("Dense(3, Activation = )")]
    [InlineData("Dense(3, Activation = Activation.)")]
    [InlineData("Dense(3, Activation = Activation.Re)")]
    [InlineData("Dense(3, Activation = \"ReLU\")")]
    [InlineData("Dense(3, Name = 3)")]
    [InlineData("Dense(3, UseBias = 1)")]
    [InlineData("Dense(3, UseBias = null)")]
    [InlineData("Dense(3, Actvation = Activation.ReLU)")]
    [InlineData("Dense(3, 4)")]
    [InlineData("Dense(\"3\")")]
    [InlineData("Dense(3.5)")]
    [InlineData("Dense(unit: 3)")]
    [InlineData("Dense(Unknown)")]
    [InlineData("Dense(1 / 0)")]
    [InlineData("Dense(System.Environment.ProcessorCount)")]
    [InlineData("Den")]
    [InlineData("De")]
    [InlineData("Block<")]
    [InlineData("Block<>")]
    [InlineData("Block<Missing>")]
    [InlineData("Residual<Good, >")]
    [InlineData("Block<Good>(Missing)")]
    [InlineData("Block<Good>(3, Repeat = \"2\")")]
    [InlineData("CrossEntropy<int>")]
    [InlineData("CrossEntropy<Good>")]
    [InlineData("Input(3, \"x\")")]
    [InlineData("Block<HalfTyped>")]
    [InlineData("Block<Outer>")]
    public async Task IsLeftToTheCompiler(string attribute)
    {
        // What stands around it would be three errors of ours, were it complete.
        CSharpCompilation compilation = TestCompiler.Compile($$"""
            [Network, Dense(0)]
            [{{attribute}}]
            [From("nowhere")]
            partial class Net;
            [Block, Dense(Width)] class Good { const int Width = 4; }
            [Block, Dense(Width, Activation = )] class HalfTyped { const int Width = 4; }
            [Block, Block<HalfTyped>] class Outer;
            """);

        IReadOnlyList<Diagnostic> found = await TestCompiler.BuildAsync(compilation);

        Assert.True(NetworkParser.Parse(compilation.GetTypeByMetadataName("Net")!, compilation, default).Incomplete);
        Assert.NotEmpty(found);
        Assert.All(found, diagnostic => Assert.StartsWith("CS", diagnostic.Id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("const int Width")]
    [InlineData("const int Width = ")]
    [InlineData("const int Width = ;")]
    [InlineData("const int Width = Unknown;")]
    [InlineData("const int Width = \"x\";")]
    [InlineData("const int Width = Width;")]
    [InlineData("const Missing Width = 3;")]
    public async Task SoIsAConstant(string constant)
    {
        CSharpCompilation compilation = TestCompiler.Compile($$"""
            [Network, Input(4), Block<B>(0), CrossEntropy] partial class Net;
            [Block, Dense(3)] class B { {{constant}} }
            """);

        IReadOnlyList<Diagnostic> found = await TestCompiler.BuildAsync(compilation);

        Assert.NotEmpty(found);
        Assert.All(found, diagnostic => Assert.StartsWith("CS", diagnostic.Id, StringComparison.Ordinal));
    }
}
