using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Conformance.Cpu;

/// <summary>The stream of a dropout layer's random numbers comes from its path, on every device.</summary>
public class DropoutStreamTests
{
    private const string Layers = "[Input(5), Dense(23, Activation = Activation.Tanh), Dropout(0.5), Dense(3), MeanSquaredError]";

    [Fact]
    public void Adding_a_layer_elsewhere_changes_no_mask_and_another_name_does()
    {
        uint stream = Stream(Layers);
        Assert.Equal(stream, Stream(Layers.Replace("MeanSquaredError", "Dense(3), MeanSquaredError", StringComparison.Ordinal)));
        Assert.NotEqual(stream, Stream(Layers.Replace("Dropout(0.5)", "Dropout(0.5, Name = \"other\")", StringComparison.Ordinal)));
    }

    private static uint Stream(string layers)
    {
        List<uint> streams = [];
        foreach (Node node in NetworkGraphs.Of(new NetworkCase("dropout", layers).Source, NetworkCase.Type).Training.Nodes)
        {
            if (node.Op is not Op.Map map) continue;
            ScalarExpressions.Visit(map.Expression, e =>
            {
                if (e is ScalarExpression.Uniform uniform) streams.Add(uniform.Stream);
            });
        }

        return Assert.Single(streams);
    }
}
