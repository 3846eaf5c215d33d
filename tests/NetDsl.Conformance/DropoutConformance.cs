using NetDsl.Conformance.Devices;
using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Conformance.Reference;
using NetDsl.Networks;
using Xunit;

namespace NetDsl.Conformance;

/// <summary>The random numbers of dropout: keyed by seed, step, layer, sample and element, and by nothing else.</summary>
/// <typeparam name="TDevice">Where the network runs.</typeparam>
public abstract class DropoutConformance<TDevice>
    where TDevice : TestDevice, new()
{
    private const int Batch = 9;

    private static readonly TDevice On = new();
    private static readonly NetworkCase Network = new("dropout", "[Input(5), Dense(23, Activation = Activation.Tanh), Dropout(0.5), Dense(3), MeanSquaredError(Name = \"loss\")]");

    private static LoadedNetwork Loaded => LoadedNetwork.Of(Network, On);

    private static NetworkGraphs Graphs => Loaded.Graphs;

    [DeviceTheory]
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

    [DeviceFact]
    public void Another_seed_or_step_gives_another_mask_and_the_same_ones_the_same()
    {
        ReferenceInputs inputs = TestData.Inputs(Graphs.Step, Batch);
        float[] losses = Run(inputs).Losses["loss"];
        Assert.Equal(losses, Run(inputs).Losses["loss"]);
        Assert.NotEqual(losses, Run(inputs with { Step = inputs.Step + 1 }).Losses["loss"]);
        Assert.NotEqual(losses, Run(inputs with { Seed = inputs.Seed + 1 }).Losses["loss"]);
    }

    [DeviceFact]
    public void A_part_of_a_batch_has_the_masks_of_the_whole_batch()
    {
        ReferenceInputs inputs = TestData.Inputs(Graphs.Step, Batch);
        float[] whole = Run(inputs).Losses["loss"];
        Assert.Equal(whole[4..7], Run(TestData.Part(inputs, 4, 3), firstSample: 4).Losses["loss"]);
        Assert.NotEqual(whole[4..7], Run(TestData.Part(inputs, 4, 3)).Losses["loss"]);
    }

    private static void Same(double[] expected, float[] actual, string what) =>
        Numbers.AssertClose(expected, Array.ConvertAll(actual, value => (double)value), 1e-4, what);

    private static ProgramResult Run(ReferenceInputs inputs, int firstSample = 0)
    {
        using var driver = new NetworkDriver(Loaded.Create(On.Device));
        return driver.Run(ProgramKind.Train, Graphs.Step, inputs, firstSample: firstSample);
    }
}
