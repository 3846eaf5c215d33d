using NetDsl.Tests.Tiny;
using NetDsl.Training;
using Xunit;

namespace NetDsl.Tests.Training;

public class CancellationTests
{
    [Fact]
    public void A_cancelled_fit_stops_after_the_step_and_keeps_what_it_learned()
    {
        using CancellationTokenSource source = new();
        using LinearNetwork network = LinearNetwork.Classifier();
        FitTests.Listener listener = new(progress =>
        {
            if (progress is { Epoch: 2, Step: 2 }) source.Cancel();
        });
        StringWriter output = new();
        FitResult result = network.Fit(TinyData.Clusters(40), TinyData.Quiet(epochs: 5, batchSize: 10) with { Progress = listener, Output = output }, source.Token);
        Assert.True(result.Cancelled);
        Assert.Equal(6, result.StepLosses.Count);
        Assert.Single(result.Epochs);
        Assert.Contains("Stopped in epoch 2 of 5 after 2 of 4 steps. What 6 steps taught is kept.", output.ToString(), StringComparison.Ordinal);

        using LinearNetwork other = LinearNetwork.Classifier();
        int steps = 0;
        using CancellationTokenSource sixth = new();
        other.Fit(
            TinyData.Clusters(40),
            TinyData.Quiet(epochs: 5, batchSize: 10) with { Progress = new FitTests.Listener(progress => { if (progress.Completed is null && ++steps == 6) sixth.Cancel(); }) },
            sixth.Token);
        Assert.Equal(other.Weight.ToArray(), network.Weight.ToArray());
    }

    [Fact]
    public void A_token_that_is_cancelled_already_trains_nothing()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        float[] before = network.Weight.ToArray();
        FitResult result = network.Fit(TinyData.Clusters(40), TinyData.Quiet(), new CancellationToken(true));
        Assert.True(result.Cancelled);
        Assert.Empty(result.StepLosses);
        Assert.Equal(before, network.Weight.ToArray());
    }

    [Fact]
    public void A_cancelled_network_trains_on()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        network.Fit(TinyData.Clusters(40), TinyData.Quiet(), new CancellationToken(true));
        Assert.False(network.Fit(TinyData.Clusters(40), TinyData.Quiet()).Cancelled);
    }

    [Fact]
    public void Ctrl_C_stops_after_the_step_and_keeps_what_was_learned()
    {
        using CtrlC ctrlC = new(listens: false);
        using LinearNetwork network = LinearNetwork.Classifier();
        int steps = 0;
        FitTests.Listener listener = new(_ =>
        {
            if (++steps == 3) ctrlC.Press();
        });
        float[] before = network.Weight.ToArray();
        FitResult result = network.Runtime.Fit(TinyData.Clusters(100), TinyData.Quiet(batchSize: 10) with { Progress = listener }, ctrlC, default);
        Assert.True(result.Cancelled);
        Assert.Equal(3, result.StepLosses.Count);
        Assert.NotEqual(before, network.Weight.ToArray());
    }

    [Fact]
    public void The_first_press_of_Ctrl_C_is_swallowed_and_the_second_is_not()
    {
        using CtrlC ctrlC = new(listens: true);
        Assert.False(ctrlC.Pressed);
        Assert.True(ctrlC.Press());
        Assert.True(ctrlC.Pressed);
        Assert.False(ctrlC.Press());
    }
}
