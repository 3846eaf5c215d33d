using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Generators.Generation;
using Xunit;

namespace NetDsl.Generators.Tests.Generation;

/// <summary>Which networks can write on, and which look into the future or cannot be fed with what they write.</summary>
public class TokenStepTests
{
    private const string Blocks =
        """
        [Block]
        [LayerNorm, MultiHeadAttention(2, Causal = true)]
        internal partial class Attending;
        """;

    [Theory]
    [InlineData("[TokenInput(6, 6), Embedding(6), PositionalEmbedding, Residual<Attending>, Dropout(0.1), Dense(6), CrossEntropy]")]
    [InlineData("[TokenInput(6, 5), Embedding(6), RMSNorm, Dense(6, Activation = Activation.Softmax), Output(\"mixed\"), Dense(5), CrossEntropy]")]
    [InlineData("[TokenInput(4, 5, Name = \"text\"), Embedding(4, Name = \"a\"), Dense(4), Concat(\"a\"), Slice(1, 6), Reshape(4, 2, 3), Reshape(4, 6), Dense(5), CrossEntropy(IgnoreIndex = 0, LabelSmoothing = 0.1)]")]
    public void Work_on_each_place_by_itself(string layers) => Assert.NotNull(Step(layers));

    [Theory]
    [InlineData("[TokenInput(6, 6), Embedding(6), MultiHeadAttention(2), Dense(6), CrossEntropy]")]
    [InlineData("[TokenInput(6, 6), Embedding(6), Permute(1, 0), Dense(6), CrossEntropy]")]
    [InlineData("[TokenInput(6, 6), Embedding(6), GroupNorm(2), Dense(6), CrossEntropy]")]
    [InlineData("[TokenInput(6, 6), Embedding(6), Conv1D(6, 3, Causal = true), Dense(6), CrossEntropy]")]
    [InlineData("[TokenInput(6, 6), Embedding(6), LSTM(6, ReturnSequences = true), Dense(6), CrossEntropy]")]
    [InlineData("[TokenInput(6, 6), Embedding(6), Slice(1, 5, Axis = 0), Dense(6), CrossEntropy]")]
    [InlineData("[TokenInput(6, 6), Embedding(6), Flatten, Dense(36), Reshape(6, 6), CrossEntropy]")]
    [InlineData("[TokenInput(6, 6), Embedding(6), GlobalAveragePool1D, Dense(6), CrossEntropy]")]
    [InlineData("[TokenInput(6, 6), Embedding(6), Dense(7), CrossEntropy]")]
    [InlineData("[TokenInput(6, 6), Embedding(6), Dense(6), MeanSquaredError]")]
    [InlineData("[TokenInput(6, 6, PaddingId = 0), Embedding(6), MultiHeadAttention(2, Causal = true), Dense(6), CrossEntropy]")]
    [InlineData("[TokenInput(6, 6, Name = \"a\"), Embedding(6, Name = \"b\"), TokenInput(6, 6, Name = \"c\"), Embedding(6), Add(\"b\"), Dense(6), CrossEntropy]")]
    [InlineData("[TokenInput(1, 6), Embedding(6), Dense(6), CrossEntropy]")]
    [InlineData("[Input(6, 6), Dense(6), CrossEntropy]")]
    public void Do_not(string layers) => Assert.Null(Step(layers));

    private static NetDsl.Generators.IR.Graph? Step(string layers) =>
        TokenStep.Of(NetworkGraphs.Of(new NetworkCase("writer", layers, Blocks).Source, NetworkCase.Type).Inference);
}
