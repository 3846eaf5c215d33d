using Microsoft.CodeAnalysis;
using NetDsl.Conformance.Harness;
using Xunit;

namespace NetDsl.Generators.Tests.Docs;

/// <summary>What the editor shows on hover: the user's summary, joined to the table of layers.</summary>
public sealed class HoverTests
{
    private const string Source = """
        using NetDsl;

        /// <summary>Reads digits.</summary>
        [Network]
        [Input(28, 28, 1), Rescale(1 / 255.0)]
        [Conv2D(8, 5, Activation = Activation.ReLU, Name = "edges")]
        [Flatten, Dense(10), CrossEntropy]
        public partial class Digits;
        """;

    [Fact]
    public void Hover_shows_the_users_summary_and_the_table_of_layers()
    {
        (Compilation compilation, _) = NetworkCompiler.Generate(Source, ProjectSettings.Ordinary);
        string hover = compilation.GetTypeByMetadataName("Digits")!.GetDocumentationCommentXml()!;
        Assert.Contains("Reads digits.", hover, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(hover, "<summary>"));

        // 24 x 24 x 8 outputs of 5 x 5 windows, a bias and a rectifier each; 25 x 8 weights and 8 biases.
        int outputs = 24 * 24 * 8, flops = outputs * ((2 * 25) + 2);
        Assert.Contains($"<term>edges Conv2D (5x5, HeUniform, ReLU)</term><description>(24, 24, 8), 208 parameters, {flops:N0} FLOPs</description>", hover, StringComparison.Ordinal);
        Assert.Contains("<term>Dense1 (GlorotUniform)</term><description>(10), 46,090 parameters", hover, StringComparison.Ordinal);
        Assert.Contains("46,298 parameters (180.9 KiB)", hover, StringComparison.Ordinal);
    }
}
