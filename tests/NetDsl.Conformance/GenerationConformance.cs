using NetDsl.Conformance.Devices;
using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Conformance;

/// <summary>Texts written place by place, with keys and values kept, against the whole network in the interpreter.</summary>
/// <typeparam name="TDevice">Where they are written.</typeparam>
public abstract class GenerationConformance<TDevice>
    where TDevice : TestDevice, new()
{
    private const string Blocks =
        """
        [Block]
        [LayerNorm, MultiHeadAttention(Heads, Causal = true)]
        internal partial class SelfAttention { const int Heads = 2; }

        [Block]
        [LayerNorm, FeedForward(16), Dropout(0.2)]
        internal partial class Thinking;

        [Block]
        [RMSNorm, MultiHeadAttention(4, KeyHeads = 2, Rotary = true, Causal = true, UseBias = false)]
        internal partial class Turning;

        [Block]
        [RMSNorm, Dense(24, Name = "gates"), GLU, Dense(16)]
        internal partial class Gating;
        """;

    private static readonly TDevice On = new();

    private static readonly NetworkCase[] Cases =
    [
        new("A decoder", "[TokenInput(9, 13), Embedding(8), PositionalEmbedding, Residual<SelfAttention>, Residual<Thinking>, Residual<SelfAttention>(4), Residual<Thinking>, LayerNorm, Dense(13), CrossEntropy]", Blocks),
        new("Sinusoidal places and tied weights", "[TokenInput(7, 11), Embedding(6, Name = \"tokens\"), PositionalEmbedding(Sinusoidal = true), Residual<SelfAttention>(3), Dense(11, WeightsOf = \"tokens\"), CrossEntropy]", Blocks),
        new("Rotary places, shared key heads and gates", "[TokenInput(6, 10), Embedding(16), Residual<Turning>, Residual<Gating>, Residual<Turning>, RMSNorm, Dense(10), CrossEntropy]", Blocks),
        new("A softmax before the loss", "[TokenInput(5, 7), Embedding(4), MultiHeadAttention(2, Causal = true), Dense(7, Activation = Activation.Softmax), CrossEntropy]"),
        new("As many places as features and tokens", "[TokenInput(6, 6), Embedding(6), PositionalEmbedding, Residual<SelfAttention>(3), Dense(6, Activation = Activation.Softmax), LayerNorm, Dense(6), CrossEntropy]", Blocks),
        new("Nothing but the last token", "[TokenInput(4, 6), Embedding(5), Dense(9, Activation = Activation.Tanh), Dense(6), CrossEntropy]"),
    ];

    public static TheoryData<string> Writers => [.. Cases.Select(network => network.Name)];

    [DeviceTheory]
    [MemberData(nameof(Writers))]
    public void Logits_at_each_place_are_those_of_the_whole_text(string name)
    {
        NetworkCase network = Cases.Single(network => network.Name == name);
        LoadedNetwork loaded = LoadedNetwork.Of(network, On);
        ReferenceInputs inputs = TestData.Inputs(loaded.Graphs.Inference, 1);
        double[] expected = Logits(loaded.Graphs.Inference, inputs);
        using var driver = new NetworkDriver(loaded.Create(On.Device));
        float[][] places = driver.Write(loaded.Graphs.Inference, inputs);
        Numbers.AssertClose(expected, [.. places.SelectMany(place => place).Select(logit => (double)logit)], network.Tolerance, "logits");
    }

    /// <summary>Past the longest text the later half is read again: the places are then others.</summary>
    [DeviceTheory]
    [MemberData(nameof(Writers))]
    public void The_likeliest_tokens_go_on_beyond_the_longest_text(string name)
    {
        NetworkCase network = Cases.Single(network => network.Name == name);
        LoadedNetwork loaded = LoadedNetwork.Of(network, On);
        Graph graph = loaded.Graphs.Inference;
        ReferenceInputs inputs = TestData.Inputs(graph, 1);
        int length = graph.Inputs[0].Value.Type.Shape[0];
        int[] prompt = [2, 0, 1];
        List<int> window = [.. prompt], expected = [];
        while (expected.Count < 3 * length)
        {
            double[] text = new double[length];
            for (int i = 0; i < window.Count; i++) text[i] = window[i];
            double[] logits = Logits(graph, inputs with { Columns = new Dictionary<string, double[]>(inputs.Columns) { ["input"] = text } });
            int classes = logits.Length / length;
            double[] last = logits[((window.Count - 1) * classes)..(window.Count * classes)];
            expected.Add(Array.IndexOf(last, last.Max()));
            if (window.Count == length) window.RemoveRange(0, length - (length / 2));
            window.Add(expected[^1]);
        }

        using var driver = new NetworkDriver(loaded.Create(On.Device));
        Assert.Equal(expected, driver.Generate(graph, inputs, prompt, new GenerationOptions { Temperature = 0, MaxTokens = expected.Count }));
    }

    private static double[] Logits(Graph graph, ReferenceInputs inputs)
    {
        Value raw = graph.Losses.Single().Raw;
        return ReferenceInterpreter.Run(graph, inputs)[graph.ProducerOf(raw) is { Op: Op.Softmax } softmax ? softmax.Inputs[0] : raw];
    }
}
