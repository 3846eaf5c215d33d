using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Tests.Networks;

public class SummaryTests
{
    [Fact]
    public void The_table_of_layers_and_the_memory_of_a_step_are_told()
    {
        using LinearNetwork network = LinearNetwork.Classifier(options: new NetworkOptions { Threads = 1, Device = Device.Cpu });
        string[] lines = network.Runtime.Summary(32).Split('\n');
        Assert.StartsWith("Tiny on CPU, 1 thread, ", lines[0], StringComparison.Ordinal);
        Assert.Equal("layer   kind   output  parameters  FLOPs", lines[1]);
        Assert.Equal("input   Input       2           0      0", lines[2]);
        Assert.Equal("Dense1  Dense       3           9     12", lines[3]);
        Assert.Equal("parameters        9 (9 trainable, 0 frozen), and 0 of state", lines[5]);
        Assert.Equal("forward pass      12 FLOPs a sample", lines[6]);
        Assert.Equal("training step     batch of 32", lines[7]);
        // Seven tensors of 16 floats; ten floats written a sample.
        Assert.Equal("activation arena  14,336 bytes planned, 14,336 bytes allocated", lines[8]);
        Assert.Equal("values written    1,280 bytes of values and gradients; the arena is 1120.0% of them", lines[9]);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Runtime.Summary(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void Planned_bytes_of_the_arena_are_the_allocated_ones(int batch)
    {
        using LinearNetwork network = LinearNetwork.Classifier(5, 4);
        Assert.Equal(network.Runtime.Engine.PlannedActivationBytes(batch), network.Runtime.Engine.TrainingActivationBytes(batch));
        network.Fit(DataSet.Create(new Column("x", new float[5 * batch], 5), new Column("y", new int[batch])), TinyData.Quiet(batchSize: batch));
        Assert.Equal(network.Runtime.Engine.PlannedActivationBytes(batch), network.Runtime.Engine.TrainingActivationBytes(batch));
    }
}
