using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using NetDsl.Networks;
using Xunit;

namespace NetDsl.Conformance;

/// <summary>The random numbers of dropout: keyed by seed, step, layer, sample and element, and by nothing else.</summary>
public abstract class DropoutConformance
{
    private const int Batch = 9;

    private static readonly NetworkCase Network = new("dropout", "[Input(5), Dense(23, Activation = Activation.Tanh), Dropout(0.5), Dense(3), MeanSquaredError(Name = \"loss\")]");

    /// <summary>Where the networks run.</summary>
    protected abstract Device Device { get; }

    private static NetworkGraphs Graphs => LoadedNetwork.Of(Network).Graphs;

    [Theory]
    [InlineData(0ul, 0u)]
    [InlineData(0ul, 1u)]
    [InlineData(1ul, 0u)]
    [InlineData(0x1_0000_0000ul, 0u)]
    [InlineData(ulong.MaxValue, uint.MaxValue)]
    public void Masks_are_those_of_Philox_under_any_seed_and_step(ulong seed, uint step)
    {
        ReferenceInputs inputs = TestData.Inputs(Graphs.Step, Batch) with { Seed = seed, Step = step };
        ReferenceRun expected = ReferenceInterpreter.Run(Graphs.Step, inputs);
        ProgramResult result = Run(inputs);
        Same(expected.Loss("loss"), result.Losses["loss"], "loss");
        Same(expected.Gradient("Dense1/weight"), result.Gradients["Dense1/weight"], "gradient");
    }

    [Fact]
    public void Another_seed_or_step_gives_another_mask_and_the_same_ones_the_same()
    {
        ReferenceInputs inputs = TestData.Inputs(Graphs.Step, Batch);
        float[] losses = Run(inputs).Losses["loss"];
        Assert.Equal(losses, Run(inputs).Losses["loss"]);
        Assert.NotEqual(losses, Run(inputs with { Step = inputs.Step + 1 }).Losses["loss"]);
        Assert.NotEqual(losses, Run(inputs with { Seed = inputs.Seed + 1 }).Losses["loss"]);
    }

    [Fact]
    public void A_part_of_a_batch_has_the_masks_of_the_whole_batch()
    {
        ReferenceInputs inputs = TestData.Inputs(Graphs.Step, Batch);
        float[] whole = Run(inputs).Losses["loss"];
        Assert.Equal(whole[4..7], Run(TestData.Part(inputs, 4, 3), firstSample: 4).Losses["loss"]);
        Assert.NotEqual(whole[4..7], Run(TestData.Part(inputs, 4, 3)).Losses["loss"]);
    }

    [Fact]
    public void Adding_a_layer_elsewhere_changes_no_mask()
    {
        NetworkGraphs longer = NetworkGraphs.Of(new NetworkCase("longer", Network.Layers.Replace("MeanSquaredError", "Dense(3), MeanSquaredError", StringComparison.Ordinal)).Source, NetworkCase.Type);
        Assert.Equal(Stream(Graphs.Training), Stream(longer.Training));
        NetworkGraphs renamed = NetworkGraphs.Of(new NetworkCase("renamed", Network.Layers.Replace("Dropout(0.5)", "Dropout(0.5, Name = \"other\")", StringComparison.Ordinal)).Source, NetworkCase.Type);
        Assert.NotEqual(Stream(Graphs.Training), Stream(renamed.Training));
    }

    private static uint Stream(Graph graph)
    {
        List<uint> streams = [];
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is not Op.Map map) continue;
            ScalarExpressions.Visit(map.Expression, e =>
            {
                if (e is ScalarExpression.Uniform uniform) streams.Add(uniform.Stream);
            });
        }

        return Assert.Single(streams);
    }

    private static void Same(double[] expected, float[] actual, string what) =>
        Numbers.AssertClose(expected, Array.ConvertAll(actual, value => (double)value), 1e-4, what);

    private ProgramResult Run(ReferenceInputs inputs, int firstSample = 0)
    {
        using var driver = new NetworkDriver(LoadedNetwork.Of(Network).Create(Device));
        return driver.Run(ProgramKind.Train, Graphs.Step, inputs, firstSample: firstSample);
    }
}
