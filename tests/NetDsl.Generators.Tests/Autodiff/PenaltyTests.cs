using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Generators.Tests.Autodiff;

/// <summary>What L1 and L2 add to gradients: l1 sign(w) + 2 l2 w, and to nothing else.</summary>
public class PenaltyTests
{
    private static readonly (double L1, double L2)[] s_penalties = [(0.3, 0.05), (0.3, 0), (0, 0.05)];

    [Theory]
    [InlineData("[Input(3), Dense(4{0}), MeanSquaredError]", "Dense1/weight")]
    [InlineData("[Input(4, 4, 2), Conv2D(3, 2{0}), SeparableConv2D(2, 2{0}), MeanSquaredError]", "Conv2D1/weight SeparableConv2D1/depthwise SeparableConv2D1/pointwise")]
    [InlineData("[TokenInput(4, 5), Embedding(6, Name = \"tokens\"{0}), LSTM(6, ReturnSequences = true{0}), MultiHeadAttention(2{0}), Dense(5, WeightsOf = \"tokens\"), CrossEntropy]", "tokens/weight LSTM1/weight MultiHeadAttention1/query/weight MultiHeadAttention1/key/weight MultiHeadAttention1/value/weight MultiHeadAttention1/output/weight")]
    [InlineData("[Input(3), Dense(4, Name = \"a\"{0}), Dense(3), Dense(4, WeightsOf = \"a\"), MeanSquaredError]", "a/weight")]
    [InlineData("[Input(3), Dense(4, Trainable = false{0}), Dense(2{0}), MeanSquaredError]", "Dense2/weight")]
    public void Are_part_of_the_gradients_of_kernels(string layers, string kernels)
    {
        foreach ((double l1, double l2) in s_penalties) Check(layers, kernels, l1, l2);
    }

    private static void Check(string layers, string kernels, double l1, double l2)
    {
        Graph plain = Graphs(layers, "").Step, penalized = Graphs(layers, FormattableString.Invariant($", L1 = {l1}, L2 = {l2}")).Step;
        ReferenceInputs inputs = TestData.Inputs(plain, 3);
        inputs.Parameters[0][0] = 0;
        ReferenceRun without = ReferenceInterpreter.Run(plain, inputs), with = ReferenceInterpreter.Run(penalized, inputs);
        Assert.Equal(without[plain.Losses[0].PerSample], with[penalized.Losses[0].PerSample]);
        foreach (ParameterValue gradient in plain.Gradients)
        {
            string path = plain.Parameters[gradient.Parameter].Path;
            double[] weights = inputs.Parameters[gradient.Parameter];
            double[] expected = [.. without.Gradient(path).Select((slope, i) => slope + (kernels.Split(' ').Contains(path) ? (2 * l2 * weights[i]) + (l1 * Math.Sign(weights[i])) : 0))];
            Numbers.AssertClose(expected, with.Gradient(path), 1e-12, path);
        }
    }

    [Fact]
    public void Are_no_part_of_a_gradient_that_the_user_gives()
    {
        Graph plain = Graphs("[Input(3), Dense(4{0}), MeanSquaredError]", "").Backward, penalized = Graphs("[Input(3), Dense(4{0}), MeanSquaredError]", ", L2 = 1").Backward;
        ReferenceInputs inputs = TestData.Inputs(plain, 3);
        Assert.Equal(ReferenceInterpreter.Run(plain, inputs).Gradient("Dense1/weight"), ReferenceInterpreter.Run(penalized, inputs).Gradient("Dense1/weight"));
    }

    private static NetworkGraphs Graphs(string layers, string penalties) =>
        NetworkGraphs.Of(new NetworkCase("penalty", layers.Replace("{0}", penalties, StringComparison.Ordinal)).Source, NetworkCase.Type);
}
